import type { Device } from '#lib/domain/device.ts';
import type { DeviceRef } from '#lib/domain/device-ref.ts';
import type { AskOptions } from './meter.ts';
import type { RoomsCaller } from './rooms-call.ts';
import { readDeviceAnswer } from './wire.ts';

/** The device query; see `DingTalk` for what it promises. */
export type QueryDevice = (
  ref: DeviceRef,
  operatorUnionId: string,
  options: AskOptions,
) => Promise<{ device: Device; raw: Record<string, unknown> }>;

/**
 * `GET /v1.0/rooms/devices` with exactly one of the two ids; DingTalk's document says "either", and which wins when
 * both are sent is not known. (DingTalk docs: query video conference device information)
 */
export function createQueryDevice(call: RoomsCaller): QueryDevice {
  return async (ref, operatorUnionId, options) => {
    const query = { [ref.by === 'deviceId' ? 'deviceId' : 'deviceUnionId']: ref.id };
    const question = { pattern: '/v1.0/rooms/devices', query };
    return readDeviceAnswer(await call(question, 'operatorUnionId', operatorUnionId, options));
  };
}
