import { type ChainFound, chainCheck } from '#lib/domain/audit/audit-check.ts';
import { type AuditSealer, hashOf } from '#lib/store/audit/audit-chain.ts';
import type { AuditStore } from '#lib/store/audit/audit-log.ts';

const ENTRIES_AT_ONCE = 500;

/** What a chain was found to be. `remembered`: whether it still holds the entry that somebody wrote down elsewhere. */
export type AuditFound = ChainFound & {
  head: { seq: number; hash: string } | null;
  remembered: boolean | null;
};

/**
 * Checks the audit log up to the head that it has at the beginning, some hundred entries at a time; what is written
 * meanwhile is left for the next check. `remembered`: number and hash, or its first digits, of an entry of before.
 */
export async function checkAudit(
  store: Pick<AuditStore, 'auditHead' | 'auditChain'>,
  sealer: AuditSealer,
  remembered: { seq: number; hash: string } | null,
): Promise<AuditFound> {
  const head = await store.auditHead();
  const check = chainCheck({ hashOf, ...sealer });
  let holds = remembered === null ? null : false;
  let after = 0;
  for (;;) {
    const entries = await store.auditChain(after, ENTRIES_AT_ONCE);
    // Without a head nothing was ever written; what is there all the same is looked at.
    const known = head ? entries.filter(({ seq }) => seq <= head.seq) : entries;
    for (const entry of known) {
      check.add(entry);
      if (remembered?.seq === entry.seq) holds = entry.hash.startsWith(remembered.hash);
    }
    after = known.at(-1)?.seq ?? after;
    if (known.length < ENTRIES_AT_ONCE) break;
  }
  return { ...check.end(head), head: head && { seq: head.seq, hash: head.hash }, remembered: holds };
}
