import { z } from 'zod';
import type { GoodAnswer } from '#lib/dingtalk/transport/http-answer.ts';
import { isRecord } from '#lib/dingtalk/transport/json.ts';
import type { Device } from '#lib/domain/devices/device.ts';
import { AppError } from '#lib/domain/errors.ts';
import { readDevice } from './device-wire.ts';

// Only what the rest cannot do without. A field or a controller that is odd costs itself; an odd structure, the answer.
const ANSWER = z.object({ result: z.custom<Record<string, unknown>>(isRecord) });
const CONTROLLERS = z.array(z.unknown()).nullish();

/**
 * The answer of `GET /v1.0/rooms/devices` as a Device, and as it came (`raw`, the whole JSON object). DingTalk's
 * spelling ends here. Throws `dingtalk-confused.shape` when there is no result, no id in it, or controllers that are
 * not a list. (DingTalk docs: query video conference device information)
 */
export function readDeviceAnswer({ body, said }: GoodAnswer): {
  device: Device;
  raw: Record<string, unknown>;
} {
  const result = ANSWER.safeParse(body).data?.result;
  const controllers = CONTROLLERS.safeParse(result?.controllers);
  if (!result || !controllers.success) throw new AppError('dingtalk-confused.shape', { upstream: said });
  const device = readDevice(result, controllers.data ?? []);
  if (device.deviceId === null && device.unionId === null) {
    throw new AppError('dingtalk-confused.shape', { upstream: said });
  }
  return { device, raw: body };
}
