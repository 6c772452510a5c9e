import { z } from 'zod';
import { SESSION_LONGEST_MS } from '#lib/domain/session.ts';

/** How long a browser keeps the cookie, in seconds; the server ends sessions by its own limits. */
export const SESSION_SECONDS = SESSION_LONGEST_MS / 1_000;

const claims = z.object({
  sub: z.string().min(1),
  name: z.string(),
  unionId: z.string().nullable(),
});

/** Who signed in. Roles are not in it: they follow from the configuration at every request. */
export type SessionClaims = z.output<typeof claims>;

/** What was kept of a sign-in, checked; null when it is not that. */
export const readClaims = (kept: unknown): SessionClaims | null => claims.safeParse(kept).data ?? null;
