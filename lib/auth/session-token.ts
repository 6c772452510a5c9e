import 'server-only';
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { ROLES } from '#lib/domain/operator.ts';

/** How long a person stays signed in, in seconds. */
export const SESSION_SECONDS = 12 * 60 * 60;

const ISSUER = 'rooms-desk';

// A signature that was good once stays good until the session ends, and checking it leaves the thread each time.
const MOST_OPENED = 1_000;

const told = z.object({
  /** The role that the OpenID Connect claim names. */
  claim: z.enum(ROLES).optional(),
  /** Administrator of the organisation in DingTalk. */
  admin: z.boolean().optional(),
  /** Names of those of their roles in DingTalk that meant something here. */
  roles: z.array(z.string()).optional(),
});

/** What was learnt of a person's rights when they signed in. */
export type Told = z.output<typeof told>;

const claims = z.object({
  sub: z.string().min(1),
  name: z.string(),
  unionId: z.string().nullable(),
  told: told.optional(),
});

/** Who signed in. The role is not in it: it follows at every request from the configuration and what was told. */
export type SessionClaims = z.output<typeof claims>;

/** Writes and reads the session cookie's value: signed, not encrypted, because it holds nothing secret. */
export type SessionTokens = {
  seal(session: SessionClaims): Promise<string>;
  /** The claims, or null when the value is missing, altered, expired or not ours. */
  open(value: string | undefined): Promise<SessionClaims | null>;
};

/**
 * A signed value costs a third of what next-auth's own encrypted one does, and next to nothing once it was opened.
 * The key is derived, so that a value signed here is no use wherever else AUTH_SECRET signs.
 */
export function createSessionTokens(authSecret: string): SessionTokens {
  const opened = new Map<string, { session: SessionClaims; endsAt: number }>();
  const key: KeyObject = createSecretKey(createHmac('sha256', authSecret).update('session cookie').digest());
  return {
    seal: (session) =>
      new SignJWT({ name: session.name, unionId: session.unionId, told: session.told })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setSubject(session.sub)
        .setIssuedAt()
        .setExpirationTime(`${SESSION_SECONDS}s`)
        .sign(key),
    open: async (value) => {
      if (!value) return null;
      const known = opened.get(value);
      if (known) return known.endsAt > Date.now() ? known.session : null;
      try {
        const { payload } = await jwtVerify(value, key, { algorithms: ['HS256'], issuer: ISSUER });
        const session = claims.parse(payload);
        if (opened.size >= MOST_OPENED) opened.clear();
        opened.set(value, { session, endsAt: (payload.exp ?? 0) * 1000 });
        return session;
      } catch {
        return null;
      }
    },
  };
}
