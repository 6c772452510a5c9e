import type { AccessFact, Actor, RequestSource } from '#lib/domain/access/access.ts';
import type { TokenRefusal } from '#lib/domain/access/api-token.ts';
import type { AuditAction, AuditTarget } from '#lib/domain/audit/audit.ts';
import { iso } from '#lib/domain/iso.ts';
import type { Audit, NewAuditEntry } from '#lib/services/audit/audit.ts';

/**
 * Writes what happens to the ways in into the audit log: a token before there is one, so that it is not made when that
 * fails; everything else beside it, because nobody stays signed in for want of an entry.
 */
export async function auditAccess(audit: Audit, fact: AccessFact, actor: Actor): Promise<void> {
  const { address, requestId, ...by } = actor;
  const known = fact.what !== 'sign-in-refused';
  const auditEntry: NewAuditEntry = {
    by: known ? by : null,
    source: { address, requestId },
    ...entryOf(fact),
  };
  if (fact.what === 'token-created') await audit.record(auditEntry);
  else if (fact.what === 'sign-in-refused') audit.noteRefusal(auditEntry);
  else audit.note(auditEntry);
}

/**
 * Notes an API token that opened nothing, merged with equal ones. The value is not given here, so that no part of a secret
 * can reach the log.
 */
export function auditTokenRefusal(
  audit: Pick<Audit, 'noteRefusal'>,
  { reason, tokenId }: TokenRefusal,
  source: RequestSource,
): void {
  const target = tokenId === null ? null : { kind: 'token' as const, id: tokenId };
  audit.noteRefusal({ by: null, source, action: 'token-refused', target, about: reason });
}

type EntryOfFact = Pick<NewAuditEntry, 'outcome'> & {
  action: AuditAction;
  target: AuditTarget | null;
  about: string | null;
};

function entryOf(fact: AccessFact): EntryOfFact {
  switch (fact.what) {
    case 'signed-in':
    case 'signed-out':
      return { action: fact.what, target: { kind: 'session', id: fact.sessionId }, about: null };
    case 'sign-in-refused':
      return { action: fact.what, outcome: 'refused', target: null, about: fact.reason };
    case 'sessions-ended': {
      const about = `${fact.sessionIds.length} of ${fact.subject ?? 'everybody'}: ${fact.sessionIds.join(', ')}`;
      return { action: 'session-ended', target: { kind: 'person', id: fact.subject }, about };
    }
    case 'token-created': {
      const about = `${fact.name}, ${fact.role}, until ${iso(fact.expiresAt)}`;
      return { action: fact.what, target: { kind: 'token', id: fact.tokenId }, about };
    }
    case 'token-revoked': {
      const [only = null, ...others] = fact.tokenIds;
      const one = others.length === 0;
      return {
        action: fact.what,
        target: { kind: 'token', id: one ? only : null },
        about: one ? null : fact.tokenIds.join(', '),
      };
    }
  }
}
