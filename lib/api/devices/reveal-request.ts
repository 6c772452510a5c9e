import { z } from 'zod';
import { REASON_LENGTH, SECRET_FIELDS } from '#lib/domain/devices/reveal.ts';
import { deviceName } from './device-request.ts';

/** One secret of a device, named by exactly one of its ids, and why it is wanted. */
export const revealQuestion = z
  .strictObject({
    deviceId: deviceName
      .optional()
      .describe('Exactly one of the two IDs is required.')
      .meta({ examples: ['1234'] }),
    deviceUnionId: deviceName.optional().describe('Exactly one of the two IDs is required.'),
    field: z.enum(SECRET_FIELDS),
    controller: deviceName
      .optional()
      .describe('Device ID or union ID of the controller, if the cast code of a controller is needed.'),
    reason: z
      .string()
      .trim()
      .min(REASON_LENGTH.least)
      .max(REASON_LENGTH.most)
      .describe('Why it is needed; written to the audit log.'),
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
