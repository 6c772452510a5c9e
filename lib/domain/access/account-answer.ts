import type { Role } from './operator.ts';

/** What a browser says of itself, as far as it is worth telling a person; null where it does not say. */
export type BrowserAgent = { browser: string | null; system: string | null };

/** A session as its person and admins see it. Times are ISO 8601 UTC. */
export type ShownSession = {
  sessionId: string;
  /** Whether it is the one that asks. */
  current: boolean;
  signedInAt: string;
  /** To the minute. */
  usedAt: string;
  /** When it ends at the latest. */
  endsAt: string;
  /** Where it was when it signed in. */
  address: string;
  agent: BrowserAgent;
};

/** One's own sessions, last used first; `at` is the server's time of the answer. */
export type SessionsAnswer = { at: string; items: ShownSession[] };

/** Somebody who is signed in somewhere. */
export type ShownPerson = {
  subject: string;
  name: string;
  role: Role;
  usedAt: string;
  sessions: ShownSession[];
};

/** Everybody who is signed in, last used first. */
export type PeopleAnswer = { at: string; items: ShownPerson[] };

/** An API token as admins see it. Its value is shown once, when it is made. */
export type ShownToken = {
  tokenId: string;
  name: string;
  role: Role;
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  /** To the minute; null when it never was. */
  usedAt: string | null;
  revokedAt: string | null;
  state: 'good' | 'expired' | 'revoked';
};

/** Every token that is kept, newest first. */
export type TokensAnswer = { at: string; items: ShownToken[] };

/** A token that was just made, with the value that nobody sees again. */
export type MadeToken = { token: ShownToken; value: string };
