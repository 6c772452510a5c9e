import type { Clock } from '#lib/domain/clock.ts';
import type { Device } from '#lib/domain/device.ts';
import type { DeviceRef } from '#lib/domain/device-ref.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { AuthorisedCaller } from './authorised-call.ts';
import { createDeadline } from './deadline.ts';
import { readDeviceAnswer } from './wire.ts';

/** The device query; see `DingTalk` for what it promises. */
export type QueryDevice = (
  ref: DeviceRef,
  operatorUnionId: string,
  options: { budgetMs: number },
) => Promise<{ device: Device; raw: Record<string, unknown> }>;

/**
 * `GET /v1.0/rooms/devices` with exactly one of the two ids; DingTalk's document says "either", and which wins when
 * both are sent is not known. (DingTalk docs: query video conference device information)
 */
export function createQueryDevice(apiOrigin: string, call: AuthorisedCaller, clock: Clock): QueryDevice {
  return async (ref, operatorUnionId, { budgetMs }) => {
    // DingTalk would say param.error, and count the call.
    if (operatorUnionId === '') throw new AppError('dingtalk-refused.operator-missing');
    const query = new URLSearchParams({
      operatorUnionId,
      [ref.by === 'deviceId' ? 'deviceId' : 'deviceUnionId']: ref.id,
    });
    const answer = await call(
      (token) => ({
        api: 'GET /v1.0/rooms/devices',
        method: 'GET',
        origin: apiOrigin,
        path: `/v1.0/rooms/devices?${query}`,
        headers: { 'x-acs-dingtalk-access-token': token },
      }),
      createDeadline(clock, budgetMs),
    );
    return readDeviceAnswer(answer);
  };
}
