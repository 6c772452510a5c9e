import type { AuditEntry, SealedEntry } from '#lib/domain/audit/audit.ts';
import { type ChainFound, chainCheck } from '#lib/domain/audit/audit-check.ts';
import { type AuditSealer, createSealer, hashOf } from '#lib/store/audit/audit-chain.ts';
import type { AuditStore } from '#lib/store/audit/audit-log.ts';
import { SECRET } from './keys.ts';

export const SEALER = createSealer(SECRET);

/** An entry for a device query, with the given differences. */
export const entry = (given: Partial<AuditEntry> = {}): AuditEntry => ({
  at: 1_000,
  action: 'looked-up',
  outcome: 'done',
  who: { subject: 'test:one', name: '王启航', role: 'support' },
  target: { kind: 'device', id: '1234' },
  about: null,
  reason: null,
  address: '192.0.2.7',
  requestId: 'request',
  ...given,
});

/** The chain of a store, checked from its beginning. */
export async function checkOf(
  store: Pick<AuditStore, 'auditHead' | 'auditChain'>,
  sealer: AuditSealer = SEALER,
): Promise<ChainFound> {
  const head = await store.auditHead();
  return checkEntries(await store.auditChain(0, 100_000), head, sealer);
}

export function checkEntries(
  entries: readonly SealedEntry[],
  head: Awaited<ReturnType<AuditStore['auditHead']>>,
  sealer: AuditSealer = SEALER,
): ChainFound {
  const check = chainCheck({ hashOf, ...sealer });
  for (const each of entries) check.add(each);
  return check.end(head);
}
