import { z } from 'zod';
import { REASON_LENGTH, SECRET_FIELDS } from '#lib/domain/devices/reveal.ts';
import { deviceName } from './device-request.ts';

/** One secret of a device, named by exactly one of its ids, and why it is wanted. */
export const revealQuestion = z
  .strictObject({
    deviceId: deviceName.optional(),
    deviceUnionId: deviceName.optional(),
    field: z.enum(SECRET_FIELDS),
    /** The device id or union id of the controller whose cast code it is. */
    controller: deviceName.optional(),
    reason: z.string().trim().min(REASON_LENGTH.least).max(REASON_LENGTH.most),
  })
  .transform(({ deviceId, deviceUnionId, field, controller = null, reason }, context) => {
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    if (deviceId !== undefined && deviceUnionId !== undefined) return refuse('invalid-question.two-ids');
    if (controller !== null && field !== 'castCode') return refuse('invalid-question.parameter');
    if (deviceId !== undefined) {
      return { secret: { ref: { by: 'deviceId' as const, id: deviceId }, field, controller }, reason };
    }
    if (deviceUnionId !== undefined) {
      return { secret: { ref: { by: 'unionId' as const, id: deviceUnionId }, field, controller }, reason };
    }
    return refuse('invalid-question.no-id');
  });
