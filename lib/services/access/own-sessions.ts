import type { SessionsAnswer, ShownSession } from '#lib/api/access/account-answers.ts';
import { actorOf, type Caller, type Credential } from '#lib/domain/access/access.ts';
import type { Session } from '#lib/domain/access/session.ts';
import { iso } from '#lib/domain/iso.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import type { WhichSessions } from '#lib/store/access/sessions.ts';
import { browserAgent } from './browser-agent.ts';

/** A person's own sessions. */
export async function listOwnSessions(
  { store, clock }: Pick<ServiceContext, 'store' | 'clock'>,
  credential: Credential,
): Promise<SessionsAnswer> {
  const now = clock.now();
  const sessions = await store.openSessions(credential.operator.subject, now);
  return { at: iso(now), items: sessions.map((session) => shownSession(session, credential.id)) };
}

/** Ends one of the caller's own sessions, or all but the current one. Sessions of others are not touched. */
export async function endOwnSessions(
  { access }: Pick<ServiceContext, 'access'>,
  caller: Caller,
  which: Pick<WhichSessions, 'id' | 'except'>,
): Promise<{ ended: number }> {
  const { subject } = caller.operator;
  const sessionIds = await access.sessions.end({ ...which, subject });
  if (sessionIds.length > 0) {
    await access.onFact({ what: 'sessions-ended', subject, sessionIds }, actorOf(caller));
  }
  return { ended: sessionIds.length };
}

/** A session as it is shown; `currentId` is the one that the request is made with. */
export const shownSession = (session: Session, currentId: string): ShownSession => ({
  sessionId: session.id,
  current: session.id === currentId,
  signedInAt: iso(session.signedInAt),
  usedAt: iso(session.usedAt),
  endsAt: iso(session.endsAt),
  address: session.address,
  agent: browserAgent(session.agent),
});
