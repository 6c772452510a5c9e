import QuickLRU from 'quick-lru';
import { type Directory, SignInRefused } from '#lib/dingtalk/people/directory.ts';
import { ROOMS_DESK_ITSELF } from '#lib/domain/access/access.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { asAppError } from '#lib/domain/errors.ts';
import type { AccessParts } from './access-parts.ts';

/** A person who left the organisation is signed out within this time of use. DingTalk does not meter these queries. */
const ASKED_EVERY_MS = 60 * 60_000;
/** The wait after a query that DingTalk could not answer. */
const ASKED_AGAIN_MS = 5 * 60_000;
/** Beyond this number, the store decides whether a person is due. */
const MOST_KNOWN = 10_000;

/** Checks whether people who signed in with DingTalk still belong to the organisation. */
export type PeopleCheck = {
  /** Checks a person who makes a request if it is time, without making the request wait. Never rejects. */
  checkIfDue(person: Person): void;
  /** Notes that a person has just signed in, with which DingTalk has been queried about them. */
  cameIn(person: Person): Promise<void>;
};

type Person = Pick<Operator, 'subject' | 'unionId'>;

export type PeopleCheckParts = Pick<AccessParts, 'store' | 'clock' | 'warn' | 'onFact' | 'refreshClaims'> & {
  directory: Pick<Directory, 'employee'>;
  /** Ends all sessions of a person and revokes all tokens they made. */
  shutOut: (subject: string) => Promise<{ sessionIds: string[]; tokenIds: string[] }>;
};

/** Ends sessions only where DingTalk says that a person does not belong to the organisation, and not when it fails. */
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
      // An admin has to correct the cause first, so this is not repeated every few minutes.
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

/** Replaces the claims of the sign-in by what DingTalk says of the person's rights now. */
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
