import type { Caller } from '#lib/domain/access/access.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import { iso } from '#lib/domain/iso.ts';
import type { ServiceContext } from '#lib/services/context.ts';

/**
 * Ends the service issue about a gap in the audit log: an admin has seen it. The entry that says who did is what ends it,
 * on every instance. Does nothing where no gap stands. Throws not-permitted, internal.audit.
 */
export async function acknowledgeAuditGap(
  { audit, auditGuard, store, clock }: Pick<ServiceContext, 'audit' | 'auditGuard' | 'store' | 'clock'>,
  { operator, source }: Caller,
): Promise<void> {
  assertCan(operator.role, 'acknowledge-audit-gap');
  const gap = await auditGuard.gap();
  if (gap === null) return;
  const about = `expected=${gap.expected.seq}&at=${iso(gap.at)}`;
  const target = { kind: 'audit' as const, id: null };
  await audit.record({ by: operator, source, action: 'log-gap-acknowledged', target, about });
  await store.announceService(clock.now());
}
