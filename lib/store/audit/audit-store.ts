import type { AuditEntry, AuditHead, SealedEntry } from '#lib/domain/audit/audit.ts';
import type { AuditFilter } from '#lib/domain/audit/audit-filter.ts';
import type { AuditSealer } from './audit-chain.ts';

/** What was done, in a chain that shows when something of it is altered. Nothing of it is ever changed or removed. */
export type AuditStore = {
  /** Adds an entry at the head, in one transaction that any number of instances wait in line for. */
  recordAudit(entry: AuditEntry, sealer: AuditSealer): Promise<SealedEntry>;
  /** The same for several, in their order: all of them or none. */
  recordAudits(entries: readonly AuditEntry[], sealer: AuditSealer): Promise<SealedEntry[]>;
  /** Newest first. `before`: entries of smaller numbers only; null begins at the newest. */
  auditEntries(filter: AuditFilter, before: number | null, limit: number): Promise<SealedEntry[]>;
  /** How many there are. */
  countAudit(filter: AuditFilter): Promise<number>;
  /** In the order of the chain, those after a number. */
  auditChain(after: number, limit: number): Promise<SealedEntry[]>;
  /** Null before the first entry. */
  auditHead(): Promise<AuditHead | null>;
};
