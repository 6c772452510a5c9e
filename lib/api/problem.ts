import { z } from 'zod';
import { ERROR_REASONS, ERROR_STATUS, type ErrorCode, type ErrorReason } from '#lib/domain/errors.ts';
import { text } from './values.ts';

export const ERROR_CODES = Object.keys(ERROR_STATUS) as ErrorCode[];

const reasonsOf = (code: ErrorCode) => ERROR_REASONS[code].map((why) => `${code}.${why}` as ErrorReason);

/** Why a request failed. */
export const errorReason = z.enum(ERROR_CODES.flatMap(reasonsOf)).meta({ id: 'ErrorReason' });

/** What DingTalk itself answered. */
export const upstreamAnswer = z
  .strictObject({ status: z.number().int().nullable(), code: text, requestId: text })
  .meta({ id: 'Upstream' });

/** Every answer that is not a good one (RFC 9457). */
export const problem = z
  .strictObject({
    type: z.string().describe('A URN that ends with the code.'),
    title: z.string().describe('What happened, in English.'),
    status: z.number().int(),
    detail: z.string().describe('What it means, in English.'),
    code: z.enum(ERROR_CODES).describe('Stable name of the kind of problem.'),
    reason: errorReason.describe('Stable name of the exact cause: the code, a dot and a word.'),
    hint: z.string().describe('What to do, in English.'),
    requestId: z.string().describe('Names the request in the log and in the audit log.'),
    parameter: z.string().optional().describe('The wrong parameter or member of the body.'),
    retryAfterSeconds: z.number().optional().describe('When a retry can succeed; also sent as Retry-After.'),
    values: z.record(z.string(), z.string()).optional().describe('Details, such as missing permissions.'),
    upstream: upstreamAnswer.optional().describe('What DingTalk answered.'),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problem>;
