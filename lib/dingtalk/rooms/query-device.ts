import type { AskOptions } from '#lib/dingtalk/client/meter.ts';
import { plainText } from '#lib/dingtalk/transport/plain-text.ts';
import type { Device } from '#lib/domain/devices/device.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { AppError } from '#lib/domain/errors.ts';
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
 * both are sent is not known. Throws `dingtalk-confused.other-device` for an answer about another device than the one
 * asked for. (DingTalk docs: query video conference device information)
 */
export function createQueryDevice(call: RoomsCaller): QueryDevice {
  return async (ref, operatorUnionId, options) => {
    const query = { [ref.by === 'deviceId' ? 'deviceId' : 'deviceUnionId']: ref.id };
    const question = { pattern: '/v1.0/rooms/devices', query };
    const answer = await call(question, 'operatorUnionId', operatorUnionId, options);
    const read = readDeviceAnswer(answer);
    if (!isAbout(ref, read.device)) {
      throw new AppError('dingtalk-confused.other-device', { upstream: answer.said });
    }
    return read;
  };
}

// An id that the answer does not name contradicts nothing. Controllers do not count: a device and its controller can
// have the same union id, but the device is not its controller.
function isAbout({ by, id }: DeviceRef, device: Device): boolean {
  const own = by === 'deviceId' ? device.deviceId : device.unionId;
  return own === null || own === plainText(id);
}
