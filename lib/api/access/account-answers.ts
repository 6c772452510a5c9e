import { z } from 'zod';
import { count, text, time } from '#lib/api/values.ts';
import { ROLES } from '#lib/domain/access/operator.ts';

const role = z.enum(ROLES);

const session = z
  .strictObject({
    sessionId: z.string(),
    current: z.boolean().describe('Whether it is the session of this request.'),
    signedInAt: time,
    usedAt: time.describe('To the minute.'),
    endsAt: time.describe('When it ends at the latest.'),
    address: z.string().describe('IP address at sign-in.'),
    agent: z.strictObject({ browser: text, system: text }),
  })
  .meta({ id: 'Session' });

export type ShownSession = z.infer<typeof session>;

/** The sessions of the caller. */
export const sessionsAnswer = z
  .strictObject({ at: time, items: z.array(session).describe('Last used first.') })
  .meta({ id: 'Sessions' });

export type SessionsAnswer = z.infer<typeof sessionsAnswer>;

export const endedSessions = z.strictObject({ ended: count.describe('How many sessions ended.') });

const person = z
  .strictObject({
    subject: z.string(),
    name: z.string(),
    role,
    usedAt: time,
    sessions: z.array(session),
  })
  .meta({ id: 'Person' });

export type ShownPerson = z.infer<typeof person>;

/** People who are signed in. */
export const peopleAnswer = z
  .strictObject({ at: time, items: z.array(person).describe('Last used first.') })
  .meta({ id: 'People' });

export type PeopleAnswer = z.infer<typeof peopleAnswer>;

const apiToken = z
  .strictObject({
    tokenId: z.string().describe('The public part of the token.'),
    name: z.string(),
    role,
    createdBy: z.string(),
    createdAt: time,
    expiresAt: time,
    usedAt: time.nullable().describe('To the minute; null if it was never used.'),
    revokedAt: time.nullable(),
    state: z.enum(['good', 'expired', 'revoked']),
  })
  .meta({ id: 'ApiToken' });

export type ShownToken = z.infer<typeof apiToken>;

/** API tokens. */
export const tokensAnswer = z
  .strictObject({ at: time, items: z.array(apiToken).describe('Newest first.') })
  .meta({ id: 'ApiTokens' });

export type TokensAnswer = z.infer<typeof tokensAnswer>;

/** A token that was just created. */
export const createdToken = z
  .strictObject({ token: apiToken, value: z.string().describe('The token; shown this once.') })
  .meta({ id: 'CreatedToken' });

export type MadeToken = z.infer<typeof createdToken>;
