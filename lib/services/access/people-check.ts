import QuickLRU from 'quick-lru';
import { type Directory, SignInRefused } from '#lib/dingtalk/people/directory.ts';
import { ROOMS_DESK_ITSELF } from '#lib/domain/access/access.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { asAppError } from '#lib/domain/errors.ts';
import type { AccessParts } from './access-parts.ts';

/** Somebody who left is out within an hour of using the desk. Questions about people are not metered by DingTalk. */
const ASKED_EVERY_MS = 60 * 60_000;
/** When DingTalk could not say, it is asked again sooner. */
const ASKED_AGAIN_MS = 5 * 60_000;
/** Beyond this, the oldest moments are forgotten, and the store says whose turn it is. */
const MOST_KNOWN = 10_000;

/** Whether people who came through DingTalk still are of the organisation. */
export type PeopleCheck = {
  /** Checks a person who makes a request if it is time, without making the request wait. Never rejects. */
  checkIfDue(person: Person): void;
  /** Somebody has just signed in: DingTalk has been asked about them. */
  cameIn(person: Person): Promise<void>;
};

type Person = Pick<Operator, 'subject' | 'unionId'>;

export type PeopleCheckParts = Pick<AccessParts, 'store' | 'clock' | 'warn' | 'onFact' | 'refreshClaims'> & {
  directory: Pick<Directory, 'employee'>;
  /** Ends all sessions of a person and revokes all tokens they made. */
  shutOut: (subject: string) => Promise<{ sessionIds: string[]; tokenIds: string[] }>;
};

/** Only DingTalk's clear word that a person is none of ours any more ends anything; its silence ends nothing. */
export function createPeopleCheck(parts: PeopleCheckParts): PeopleCheck {
  const { store, clock, warn } = parts;
  const nextAt = new QuickLRU<string, number>({ maxSize: MOST_KNOWN });

  const check = async (subject: string, unionId: string) => {
    if (!(await store.takePersonCheck(subject, clock.now(), ASKED_EVERY_MS))) return;
    try {
      const known = await parts.directory.employee(unionId);
      await refreshPersonClaims(parts, subject, known);
    } catch (thrown) {
      if (thrown instanceof SignInRefused && thrown.reason === 'not-an-employee') {
        return shutOut(parts, subject, thrown.reason);
      }
      const { code, reason } = asAppError(thrown);
      warn('person not checked', { subject, reason });
      // What an admin has to correct first is not asked again every few minutes.
      if (code === 'dingtalk-refused' || code === 'dingtalk-confused') return;
      await store.notePersonCheck(subject, clock.now() - ASKED_EVERY_MS + ASKED_AGAIN_MS);
    }
  };
  return {
    async cameIn({ subject, unionId }) {
      if (unionId !== null) await store.notePersonCheck(subject, clock.now());
    },
    checkIfDue({ subject, unionId }) {
      if (unionId === null) return;
      const now = clock.now();
      const due = nextAt.get(subject);
      if (due !== undefined && now < due) return;
      nextAt.set(subject, now + ASKED_AGAIN_MS);
      check(subject, unionId).catch((error) => warn('person not checked', { subject, error: String(error) }));
    },
  };
}

async function shutOut({ warn, onFact, shutOut: end }: PeopleCheckParts, subject: string, why: string) {
  const { sessionIds, tokenIds } = await end(subject);
  warn('person left', { subject, why, sessions: sessionIds.length, tokens: tokenIds.length });
  if (sessionIds.length > 0) await onFact({ what: 'sessions-ended', subject, sessionIds }, ROOMS_DESK_ITSELF);
  if (tokenIds.length > 0) await onFact({ what: 'token-revoked', tokenIds }, ROOMS_DESK_ITSELF);
}

/** What DingTalk now says of somebody who stays takes the place of what was known when they signed in. */
async function refreshPersonClaims(
  { store, clock, refreshClaims }: PeopleCheckParts,
  subject: string,
  known: Awaited<ReturnType<Directory['employee']>>,
): Promise<void> {
  if (!refreshClaims || !known) return;
  const [session] = await store.openSessions(subject, clock.now());
  const claims = session && refreshClaims(session.claims, known);
  if (claims) await store.refreshClaims(subject, claims);
}
