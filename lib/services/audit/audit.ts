import type { RequestSource } from '#lib/domain/access/access.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import {
  type AuditAction,
  type AuditEntry,
  type AuditOutcome,
  type AuditTarget,
  storableEntry,
} from '#lib/domain/audit/audit.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { AppError, asAppError } from '#lib/domain/errors.ts';
import { createWriteBatcher } from '#lib/services/events/write-batcher.ts';
import type { AuditSealer } from '#lib/store/audit/audit-chain.ts';
import type { AuditStore } from '#lib/store/audit/audit-log.ts';
import type { AuditGuard } from './audit-guard.ts';
import { createRefusalMerger } from './merge-refusals.ts';

/** What somebody did, as a verb tells it; `by` is null for somebody who is not signed in. */
export type NewAuditEntry = {
  by: (Pick<Operator, 'subject' | 'name'> & { role: Operator['role'] | null }) | null;
  source: RequestSource;
  action: AuditAction;
  outcome?: AuditOutcome;
  target?: AuditTarget | null;
  /** What of it, never a secret: see `AuditEntry`. */
  about?: string | null;
  /** Why, in the words of whoever did it. */
  reason?: string | null;
};

/** The audit log as verbs write to it. */
export type Audit = {
  /** Writes an entry, durable when it resolves. Throws internal.audit when it cannot: then nothing may be done. */
  record(auditEntry: NewAuditEntry): Promise<void>;
  /** Writes an entry beside an answer that does not wait for it; that it could not be written is told by `warn`. */
  note(auditEntry: NewAuditEntry): void;
  /**
   * Writes a refusal beside the answer. Equal refusals (all but moment and request are the same) within ten minutes are one
   * entry at once and one summary, whose `about` ends with `repeated=<count>&since=<first>&until=<last>`. `outcome` is
   * `refused` unless given. Bounded in memory and entries, see `lib/services/audit/merge-refusals.ts`.
   */
  noteRefusal(auditEntry: NewAuditEntry): void;
  /** Resolves when everything noted was written or given up. */
  settled(): Promise<void>;
  /** Writes the refusals counted so far and all that was noted; for the end of the process. */
  close(): Promise<void>;
};

type Parts = {
  store: Pick<AuditStore, 'recordAudits'>;
  sealer: AuditSealer;
  clock: Pick<Clock, 'now' | 'sleep'>;
  warn: (fact: string, details?: object) => void;
  /** Hears the number and the hash of each entry: a log that goes elsewhere then remembers how far the chain went. */
  written?: (fact: string, details: object) => void;
  /** Hears of each entry, to notice when the log no longer holds it. */
  guard?: Pick<AuditGuard, 'wrote'>;
};

/** The audit log on a store. */
export function createAudit({ store, sealer, clock, warn, written, guard }: Parts): Audit {
  const write = async (entries: AuditEntry[]) => {
    const sealed = await store.recordAudits(entries, sealer);
    guard?.wrote(sealed);
    for (const { seq, hash, action, outcome } of sealed) {
      written?.('audited', { seq, hash, action, outcome });
    }
  };
  const noted = createWriteBatcher<AuditEntry>(clock, write, (entries, error) => {
    for (const { action } of entries) warn('audit entry not written', { action, error: `${error}` });
  });
  const refusals = createRefusalMerger(clock, noted.add);
  return {
    async record(auditEntry) {
      try {
        const entry = entryOf(auditEntry, clock.now());
        // The log is read as the order in which things were done.
        await noted.settled();
        await write([entry]);
      } catch (cause) {
        throw new AppError('internal.audit', { cause });
      }
    },
    note(auditEntry) {
      noted.add(entryOf(auditEntry, clock.now()));
    },
    noteRefusal(auditEntry) {
      // Cut first: what is compared and held in memory is as long as what is kept.
      refusals.add(storableEntry(entryOf({ outcome: 'refused', ...auditEntry }, clock.now())));
    },
    settled: () => noted.settled(),
    close() {
      refusals.close();
      return noted.settled();
    },
  };
}

const entryOf = (auditEntry: NewAuditEntry, at: number): AuditEntry => ({
  at,
  action: auditEntry.action,
  outcome: auditEntry.outcome ?? 'done',
  who: {
    subject: auditEntry.by?.subject ?? null,
    name: auditEntry.by?.name ?? null,
    role: auditEntry.by?.role ?? null,
  },
  target: auditEntry.target ?? null,
  about: auditEntry.about ?? null,
  reason: auditEntry.reason ?? null,
  ...auditEntry.source,
});

/**
 * Does what may only be done when it stands in the audit log: writes the entry, then works. When the work fails, a second
 * entry says so. Throws internal.audit, with nothing done, when the first cannot be written.
 */
export async function audited<T>(
  { audit }: { audit: Audit },
  auditEntry: Omit<NewAuditEntry, 'outcome'>,
  work: () => Promise<T>,
): Promise<T> {
  await audit.record(auditEntry);
  try {
    return await work();
  } catch (error) {
    audit.note({ ...auditEntry, outcome: 'failed', about: asAppError(error).reason });
    throw error;
  }
}
