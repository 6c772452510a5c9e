import type { AccessFact, Actor, RequestSource } from '#lib/domain/access/access.ts';
import type { TokenRefusal } from '#lib/domain/access/api-token.ts';
import type { AuditAction, AuditTarget } from '#lib/domain/audit/audit.ts';
import { iso } from '#lib/domain/iso.ts';
import type { Audit, NewAuditEntry } from '#lib/services/audit/audit.ts';

/**
 * Audits what happens to sessions and tokens: a token before it is created, so that none is created without an entry, and
 * everything else without waiting, so that signing out does not depend on the audit log.
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
 * Audits a refused API token, merged with equal refusals. The token's value is not passed here, so that no part of it can
 * reach the log.
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
