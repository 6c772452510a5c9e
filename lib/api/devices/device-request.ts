import { z } from 'zod';
import { moment } from '#lib/api/history/moment.ts';
import { whyNotAnId } from '#lib/domain/devices/device-ref.ts';

const REASONS = {
  empty: 'invalid-question.no-id',
  length: 'invalid-question.id-length',
  characters: 'invalid-question.id-characters',
} as const;

/** A device id or union id as it may be sent on: its length and characters checked before anything is asked. */
export const deviceName = z.string().superRefine((text, context) => {
  const why = whyNotAnId(text);
  if (why) context.addIssue({ code: 'custom', message: REASONS[why] });
});

/** The proxied query's question: exactly one of the two ids, and whether to insist on a new answer. */
export const deviceQuestion = z
  .object({
    deviceId: deviceName
      .optional()
      .describe('Exactly one of the two IDs is required.')
      .meta({ examples: ['1234'] }),
    deviceUnionId: deviceName.optional().describe('Exactly one of the two IDs is required. Not for viewers.'),
    fresh: z
      .enum(['true', 'false'])
      .default('false')
      .describe('With true, always queries DingTalk. Needs the role support.'),
  })
  .transform(({ deviceId, deviceUnionId, fresh }, context) => {
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    if (deviceId !== undefined && deviceUnionId !== undefined) return refuse('invalid-question.two-ids');
    const insist = fresh === 'true';
    if (deviceId !== undefined) return { ref: { by: 'deviceId' as const, id: deviceId }, insist };
    if (deviceUnionId !== undefined) return { ref: { by: 'unionId' as const, id: deviceUnionId }, insist };
    return refuse('invalid-question.no-id');
  });

/** A device as it is known, or as it was known at a moment; parameters that are not known are ignored. */
export const deviceSnapshot = z
  .object({
    deviceId: deviceName,
    at: moment.optional().describe('Returns a snapshot: what was known at this time.'),
    against: moment.optional().describe('With a snapshot: the time it is compared with, now if missing.'),
  })
  .transform(({ deviceId, at, against }, context) => {
    if (at === undefined && against !== undefined) {
      context.addIssue({ code: 'custom', message: 'invalid-question.moment' });
    }
    return { ref: { by: 'deviceId' as const, id: deviceId }, at, against };
  });

/** A device by the id in its address, and nothing else. */
export const deviceNamed = z
  .strictObject({ deviceId: deviceName })
  .transform(({ deviceId }) => ({ by: 'deviceId' as const, id: deviceId }));
