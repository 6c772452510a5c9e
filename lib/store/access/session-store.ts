import type { Session } from '#lib/domain/access/session.ts';

/** Whose sessions, or which; `except` is left alone. */
export type WhichSessions = { id?: string; subject?: string; except?: string };

/** Who is signed in. A session's secret is known by its hash alone; `now` is milliseconds since the epoch. */
export type SessionStore = {
  beginSession(secretHash: string, session: Session): Promise<void>;
  /** The session of a secret, unless somebody has ended it. Whether it has run out is the asker's to judge. */
  sessionBySecret(secretHash: string): Promise<Session | null>;
  /** The same by its public name. */
  sessionById(id: string): Promise<Session | null>;
  /** Neither ended nor run out: one person's, or everybody's for null; last used first. */
  openSessions(subject: string | null, now: number): Promise<Session[]>;
  /** Which of these are neither ended nor run out. */
  openAmong(ids: string[], now: number): Promise<string[]>;
  noteSessionUse(id: string, at: number): Promise<void>;
  /** Ends those that are not ended yet; answers which. Nothing named: everybody's. */
  endSessions(which: WhichSessions, at: number): Promise<string[]>;
  /** Writes down anew what is known of a person, in their sessions and in the tokens they made. */
  retell(subject: string, claims: object): Promise<void>;
  /**
   * Takes on to ask about a person, who was asked about `everyMs` ago or longer; false where somebody did since. Among
   * instances one is told true.
   */
  takePersonCheck(subject: string, now: number, everyMs: number): Promise<boolean>;
  /** Marks the state of a sign-in as used; false when it was used before. Known for an hour, longer than a state lives. */
  spendSignInState(stateHash: string, at: number): Promise<boolean>;
  /** From now on it is as if the person had been asked about at that moment. */
  notePersonCheck(subject: string, at: number): Promise<void>;
};
