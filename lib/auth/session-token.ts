import { z } from 'zod';
import { ROLES } from '#lib/domain/access/operator.ts';
import { SESSION_LONGEST_MS } from '#lib/domain/access/session.ts';

/** How long a browser keeps the cookie, in seconds; the server ends sessions by its own limits. */
export const SESSION_SECONDS = SESSION_LONGEST_MS / 1_000;

const asserted = z.object({
  /** The role that the OpenID Connect claim names. */
  claim: z.enum(ROLES).optional(),
  /** Administrator of the organisation in DingTalk. */
  admin: z.boolean().optional(),
  /** Names of those of their roles in DingTalk that meant something here. */
  roles: z.array(z.string()).optional(),
});

/** What the identity provider says of a person's rights, as of their sign-in or the last check. */
export type Asserted = z.output<typeof asserted>;

const claims = z.object({
  sub: z.string().min(1),
  name: z.string(),
  unionId: z.string().nullable(),
  asserted: asserted.optional(),
});

/** Who signed in. The role is not in it: it follows at every request from the configuration and what was asserted. */
export type SessionClaims = z.output<typeof claims>;

/** What was kept of a sign-in, checked; null when it is not that. */
export const readClaims = (kept: unknown): SessionClaims | null => claims.safeParse(kept).data ?? null;
