import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type Actor, NOBODY, type OpenSession, type RequestSource } from '#lib/domain/access/access.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import {
  type ClientSource,
  isOver,
  SESSION_LONGEST_MS,
  type Session,
  USE_NOTED_EVERY_MS,
} from '#lib/domain/access/session.ts';
import type { WhichSessions } from '#lib/store/access/sessions.ts';
import type { AccessParts } from './access-parts.ts';
import type { PeopleCheck } from './people-check.ts';
import { createSessionCache, isNull } from './session-cache.ts';
import { createWatch, type Watch } from './watch.ts';

type Claims = object & { sub: string; name: string };

/** Sessions of signed-in people. The secret of a session is returned once, for the cookie, and stored only as a hash. */
export type Sessions = Pick<Watch, 'watch' | 'close'> & {
  /**
   * Begins a session and returns its secret: 256 random bits, new at every sign-in. `replaces` is the secret that the
   * browser's cookie held before; that session ends.
   */
  begin(
    claims: Claims,
    given: ClientSource & RequestSource & { replaces: string | undefined },
  ): Promise<string>;
  /** The session of a secret, or null. Rejects when the store cannot be read, which does not mean signed out. */
  open(secret: string): OpenSession | null | Promise<OpenSession | null>;
  /** Ends the session of a secret, because the person signs out. */
  signOut(secret: string, source: RequestSource): Promise<void>;
  /** Audits a refused sign-in; `reason` is one of lib/i18n/sign-in-problem.ts. */
  refused(reason: string, source: RequestSource): Promise<void>;
  /** Marks the state of a sign-in as used, over all instances; false when it was used before. */
  spendState(state: string): Promise<boolean>;
  /** Ends sessions, on this instance at once and on others within two seconds. Returns their IDs. */
  end(which: WhichSessions): Promise<string[]>;
};

/** Sessions that a person may have. With one more, the one that was used longest ago ends. */
export const MAX_SESSIONS = 100;

const SECRET = /^[A-Za-z0-9_-]{43}$/;
/** Longest User-Agent that is stored; usual ones have one or two hundred characters. */
const LONGEST_AGENT = 400;

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

type Kept = OpenSession & Pick<Session, 'usedAt' | 'endsAt'>;

/** Creates sessions on the store, cached for a second. */
export function createSessions(parts: AccessParts, people: PeopleCheck): Sessions {
  const { store, clock, operatorOf, onFact } = parts;
  const cached = createSessionCache<Kept>(clock, isNull);
  const { watch, over, close } = createWatch(clock, (ids) => store.openAmong(ids, clock.now()));
  const bySecret = async (secret: string | undefined) =>
    secret !== undefined && SECRET.test(secret) ? store.sessionBySecret(hashOf(secret)) : null;
  const end = async (which: WhichSessions) => {
    const ids = await store.endSessions(which, clock.now());
    cached.forget();
    over(ids);
    return ids;
  };
  const endBeyondCap = async (claims: Claims, source: RequestSource) => {
    const beyond = (await store.openSessions(claims.sub, clock.now())).slice(MAX_SESSIONS);
    if (beyond.length === 0) return;
    const sessionIds = (await Promise.all(beyond.map(({ id }) => end({ id })))).flat();
    const fact = { what: 'sessions-ended' as const, subject: claims.sub, sessionIds };
    await onFact(fact, actor(claims, operatorOf(claims), source));
  };
  return {
    watch,
    close,
    end,
    async begin(claims, { replaces, ...source }) {
      const secret = randomBytes(32).toString('base64url');
      const session = newSession(claims, source, clock.now());
      await store.beginSession(hashOf(secret), session);
      const old = await bySecret(replaces);
      if (old) await end({ id: old.id });
      await endBeyondCap(claims, source);
      const operator = operatorOf(claims);
      if (operator) await people.cameIn(operator);
      try {
        await onFact({ what: 'signed-in', sessionId: session.id }, actor(claims, operator, source));
      } catch (error) {
        await end({ id: session.id });
        throw error;
      }
      return secret;
    },
    open(secret) {
      if (!SECRET.test(secret)) return null;
      const found = cached.recall(secret, () => load(secret, parts, people));
      if (found === null || found instanceof Promise) return found;
      return isOver(found, clock.now()) ? null : found;
    },
    spendState: (state) => store.spendSignInState(hashOf(state), clock.now()),
    refused: (reason, { address, requestId }) =>
      onFact({ what: 'sign-in-refused', reason }, { ...NOBODY, address, requestId }),
    async signOut(secret, source) {
      const session = await bySecret(secret);
      if (!session) return;
      await end({ id: session.id });
      await onFact(
        { what: 'signed-out', sessionId: session.id },
        actor(session.claims as Claims, operatorOf(session.claims), source),
      );
    },
  };
}

const actor = (
  { sub, name }: Claims,
  now: Operator | null,
  { address, requestId }: RequestSource,
): Actor => ({
  subject: sub,
  name,
  role: now?.role ?? null,
  address,
  requestId,
});

const newSession = (claims: Claims, { address, agent }: ClientSource, now: number): Session => ({
  id: randomUUID(),
  subject: claims.sub,
  claims,
  address,
  agent: agent?.slice(0, LONGEST_AGENT) ?? null,
  signedInAt: now,
  usedAt: now,
  endsAt: now + SESSION_LONGEST_MS,
});

/** Reads a session for a request and stores its use. */
async function load(
  secret: string,
  { store, clock, warn, operatorOf }: AccessParts,
  people: PeopleCheck,
): Promise<Kept | null> {
  const session = await store.sessionBySecret(hashOf(secret));
  const now = clock.now();
  if (!session || isOver(session, now)) return null;
  const operator = operatorOf(session.claims);
  if (!operator) return null;
  const { id, claims, usedAt, endsAt } = session;
  if (now - usedAt >= USE_NOTED_EVERY_MS) {
    store.noteSessionUse(id, now).catch((error) => warn('session use not noted', { error: String(error) }));
  }
  people.checkIfDue(operator);
  return { by: 'session', id, operator, claims, usedAt: Math.max(usedAt, now), endsAt };
}
