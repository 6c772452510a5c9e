import type { AuditEntry, SealedEntry } from './audit.ts';

/** An entry as the log shows it; `at` is ISO 8601 UTC. */
export type ShownEntry = Omit<AuditEntry, 'at'> & Pick<SealedEntry, 'seq' | 'hash'> & { at: string };

/** A page of the log, newest first. `total`: how many entries match. */
export type AuditAnswer = { items: ShownEntry[]; nextCursor: string | null; total: number };
