import type { PeopleAnswer, ShownPerson } from '#lib/api/access/account-answers.ts';
import { actorOf, type Credential, type CredentialCaller } from '#lib/domain/access/access.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import { iso } from '#lib/domain/iso.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { shownSession } from './own-sessions.ts';

/** Everyone who is signed in, with their sessions and current role. Throws not-permitted. */
export async function listPeople(
  { store, clock, access }: Pick<ServiceContext, 'store' | 'clock' | 'access'>,
  credential: Credential,
): Promise<PeopleAnswer> {
  allow(credential);
  const now = clock.now();
  const people = new Map<string, ShownPerson>();
  for (const session of await store.openSessions(null, now)) {
    const operator = access.operatorOf(session.claims);
    // A person whom the configuration no longer admits has sessions that open nothing.
    if (!operator) continue;
    const shown = shownSession(session, credential.id);
    const { subject, name, role } = operator;
    const person = people.get(subject) ?? { subject, name, role, usedAt: shown.usedAt, sessions: [] };
    person.sessions.push(shown);
    people.set(subject, person);
  }
  return { at: iso(now), items: [...people.values()] };
}

/** Ends all sessions of a person or, for null, of everyone including the caller. Throws not-permitted. */
export async function endSessionsOf(
  { access }: Pick<ServiceContext, 'access'>,
  caller: CredentialCaller,
  subject: string | null,
): Promise<{ ended: number }> {
  allow(caller.credential);
  const sessionIds = await access.sessions.end(subject === null ? {} : { subject });
  if (sessionIds.length > 0) {
    await access.onFact({ what: 'sessions-ended', subject, sessionIds }, actorOf(caller));
  }
  return { ended: sessionIds.length };
}

function allow({ operator }: Credential): void {
  assertCan(operator.role, 'manage-people');
}
