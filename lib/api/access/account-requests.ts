import { z } from 'zod';
import { MAX_TOKEN_NAME, TOKEN_DAYS } from '#lib/domain/access/api-token.ts';
import { ROLES } from '#lib/domain/access/operator.ts';

/** A session by its public name. */
export const sessionName = z.strictObject({ sessionId: z.uuid() });

/** Whose sessions end: one person's, or everybody's in so many words. */
export const whoseSessions = z
  .strictObject({
    subject: z.string().min(1).max(500).optional().describe('Subject of the person.'),
    everybody: z.literal('true').optional().describe('Ends the sessions of everyone; instead of a subject.'),
  })
  .refine(({ subject, everybody }) => (subject === undefined) !== (everybody === undefined))
  .transform(({ subject }) => subject ?? null);

/** A token to make: what it is for, what it may do, and for how many days. */
export const tokenToMake = z.strictObject({
  name: z.string().trim().min(1).max(MAX_TOKEN_NAME),
  role: z.enum(ROLES),
  days: z.number().int().min(TOKEN_DAYS.least).max(TOKEN_DAYS.most).describe('Validity in days.'),
});

/** A token by its public part. */
export const tokenName = z.strictObject({ tokenId: z.string().regex(/^[0-9A-Za-z]{12}$/) });
