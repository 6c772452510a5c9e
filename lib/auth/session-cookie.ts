import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { OpenSession } from '#lib/domain/access/access.ts';
import type { ClientSource } from '#lib/domain/access/session.ts';
import { readClaims, type SessionClaims } from './session-token.ts';

/** What sign-in needs of the sessions on the server. */
export type SessionKeeper = {
  begin(
    claims: SessionClaims,
    given: ClientSource & { requestId: string; replaces: string | undefined },
  ): Promise<string>;
  open(secret: string): OpenSession | null | Promise<OpenSession | null>;
  signOut(secret: string, source: { address: string; requestId: string }): Promise<void>;
  refused(reason: string, source: { address: string; requestId: string }): Promise<void>;
  /** Marks the state of a sign-in as used; false when it was used before. */
  spendState(state: string): Promise<boolean>;
};

/** A request to next-auth: where it comes from, and the session cookie it carries. */
export type Visit = ClientSource & { requestId: string; cookie: string | undefined };

/** The session cookie's value as next-auth writes and reads it: the secret of a session that the server keeps. */
export type SessionCookie = {
  /** Runs next-auth for a request. Rejects when a session could not be read or ended, whatever next-auth made of that. */
  during<T>(visit: Visit, work: () => Promise<T>): Promise<T>;
  /** A new sign-in begins a session; what `read` has answered stays the session it was. */
  write(token: object): Promise<string>;
  read(value: string | undefined): Promise<(SessionClaims & { secret: string }) | null>;
  /** Does `work` with where this request comes from. Rejects as `work` does, and then `during` does as well. */
  within<T>(work: (source: ClientSource) => Promise<T>): Promise<T>;
  /** The person of this request has signed out, and meant it. */
  signedOut(): void;
  /** Somebody was not let in. */
  refused(reason: string): Promise<void>;
};

type Going = Visit & { leaves: boolean; failure: { error: unknown } | null };

/** next-auth answers errors with pages of its own, so those that matter are kept beside the request and thrown after it. */
export function createSessionCookie(sessions: SessionKeeper): SessionCookie {
  const visits = new AsyncLocalStorage<Going>();
  const here = () => {
    const visit = visits.getStore();
    if (!visit) throw new Error('next-auth was asked outside of a request');
    return visit;
  };
  return {
    async during(visit, work) {
      const going: Going = { ...visit, leaves: false, failure: null };
      const answer = await visits.run(going, work);
      if (going.failure) throw going.failure.error;
      // Only then is the browser told that it is signed out.
      if (going.leaves && visit.cookie) await sessions.signOut(visit.cookie, visit);
      return answer;
    },
    async write(token) {
      if ('secret' in token && typeof token.secret === 'string') return token.secret;
      const claims = readClaims(token);
      if (!claims) throw new Error('a sign-in without a subject');
      const { address, agent, requestId, cookie } = here();
      return sessions.begin(claims, { address, agent, requestId, replaces: cookie });
    },
    async read(value) {
      if (value === undefined) return null;
      try {
        const session = await sessions.open(value);
        const claims = session && readClaims(session.claims);
        return claims && { ...claims, secret: value };
      } catch (error) {
        here().failure = { error };
        throw error;
      }
    },
    async within(work) {
      const visit = here();
      try {
        return await work(visit);
      } catch (error) {
        visit.failure = { error };
        throw error;
      }
    },
    refused: (reason) => sessions.refused(reason, here()),
    signedOut() {
      here().leaves = true;
    },
  };
}
