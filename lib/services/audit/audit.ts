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

/** An entry as use cases give it; `by` is null for a request without a session. */
export type NewAuditEntry = {
  by: (Pick<Operator, 'subject' | 'name'> & { role: Operator['role'] | null }) | null;
  source: RequestSource;
  action: AuditAction;
  outcome?: AuditOutcome;
  target?: AuditTarget | null;
  /** Details, never a secret: see `AuditEntry`. */
  about?: string | null;
  /** The reason that the person gave. */
  reason?: string | null;
};

/** The audit log as use cases write to it. */
export type Audit = {
  /**
   * Writes an entry, durable when it resolves. Throws internal.audit when it cannot, and then the action must not
   * happen.
   */
  record(auditEntry: NewAuditEntry): Promise<void>;
  /** Writes an entry without making the answer wait; a failure is reported to `warn`. */
  note(auditEntry: NewAuditEntry): void;
  /**
   * Writes a refusal without making the answer wait. Refusals that differ only in time and request within ten minutes
   * are one entry at once and one summary, whose `about` ends with `repeated=<count>&since=<first>&until=<last>`.
   * `outcome` is `refused` unless given. Bounded in memory and entries, see `lib/services/audit/merge-refusals.ts`.
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
  /** Called with the number and hash of each entry, so that an external log also shows how far the chain went. */
  written?: (fact: string, details: object) => void;
  /** Notified of each entry, to detect when the log no longer contains it. */
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
        // Earlier entries first, because the log shows the order of actions.
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
      // Cut before comparing, so that memory holds no more than is stored.
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
 * Writes the entry, then does the work that needs it. When the work fails, a second entry says so. Throws internal.audit,
 * with nothing done, when the first entry cannot be written.
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
