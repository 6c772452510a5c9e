import { CHAIN_BEGINS, type SealedEntry } from '#lib/domain/audit/audit.ts';
import type { Clock } from '#lib/domain/clock.ts';
import type { AuditSealer } from '#lib/store/audit/audit-chain.ts';
import type { AuditGap, AuditHeadFile, SeenEntry } from '#lib/store/audit/audit-head-file.ts';
import type { AuditStore } from '#lib/store/audit/audit-log.ts';
import type { Store } from '#lib/store/store.ts';
import { followLog, isNext, noteGap, restoredSince, seenOf, standingGap } from './audit-stream.ts';

/** How often the log is compared with what was seen of it. */
export const GUARD_EVERY_MS = 60_000;

/** A restore may write its own entry a moment after the rows: what is missing is looked for once more after this time. */
export const CONFIRM_AFTER_MS = 5_000;

/** Watches that the audit log keeps what was seen of it. */
export type AuditGuard = {
  /** Tells of entries that this process added; what they do not follow on from is looked into. */
  wrote(entries: readonly SealedEntry[]): void;
  /** Compares the log with what was seen of it. Rejects when the store cannot be read. */
  check(): Promise<void>;
  /** The newest gap that no admin has acknowledged; null when there is none. Rejects when the store cannot be read. */
  gap(): Promise<AuditGap | null>;
  /** Ends the checks and keeps what was seen last. */
  stop(): Promise<void>;
};

type Parts = {
  store: AuditStore & Pick<Store, 'announceService'>;
  sealer: AuditSealer;
  clock: Pick<Clock, 'now' | 'sleep'>;
  file: AuditHeadFile;
  warn: (fact: string, details?: object) => void;
};

const BEGINNING: SeenEntry = { seq: 0, hash: CHAIN_BEGINS, at: 0 };

/**
 * Remembers the newest entry of the audit log that this process has seen, in memory and in a file, and compares the log
 * with it after each write and once a minute. When that entry is gone or is another one, or when what follows does not
 * hang on it or no known key sealed it, an entry `log-gap-found` is written and the gap stands until an admin acknowledges it. A restore is told from
 * that by its own entry `restored`, newer than what was seen and sealed with our key, which nobody can write who has the
 * database alone.
 */
export function createAuditGuard(parts: Parts): AuditGuard {
  const { clock, warn } = parts;
  const stopped = new AbortController();
  const memory = createMemory(parts);
  let queue: Promise<void> = Promise.resolve();
  const inLine = (task: () => Promise<void>) => {
    const done = queue.then(task);
    queue = done.catch(() => undefined);
    return done;
  };
  const failed = (error: unknown) => {
    if (!stopped.signal.aborted) warn('audit log not checked', { error: String(error) });
  };
  const check = () =>
    inLine(async () => {
      await compare(parts, memory, stopped.signal);
      memory.keep();
    });
  const live = async () => {
    while (!stopped.signal.aborted) {
      await check().catch(failed);
      await clock.sleep(GUARD_EVERY_MS, stopped.signal).catch(() => undefined);
    }
  };
  const living = live();
  return {
    check,
    wrote(entries) {
      const [first, last] = [entries[0], entries.at(-1)];
      if (!first || !last) return;
      inLine(async () => {
        if (memory.seen !== null && isNext(memory.seen, first)) memory.seen = seenOf(last);
        else await compare(parts, memory, stopped.signal);
      }).catch(failed);
    },
    gap: () => standingGap(parts, memory.gap),
    async stop() {
      stopped.abort();
      await Promise.all([living, queue]);
      memory.keep();
    },
  };
}

/** `restore`: the hash of the newest restore that explained why entries are gone. */
type Memory = { seen: SeenEntry | null; gap: AuditGap | null; restore: string | null; keep(): void };

/** What this process has seen, and `keep`, which writes it to the file where it has changed. */
function createMemory({ file, warn }: Parts): Memory {
  const kept = file.read();
  let written = '';
  return {
    seen: kept?.head ?? null,
    gap: kept?.gap ?? null,
    restore: null,
    keep() {
      if (this.seen === null) return;
      const now = { head: this.seen, gap: this.gap };
      const text = JSON.stringify(now);
      if (text === written) return;
      written = text;
      try {
        file.write(now);
      } catch (error) {
        warn('audit head not kept', { error: String(error) });
      }
    },
  };
}

/** Goes on from what was seen to the newest entry, or raises that it is gone. */
async function compare(parts: Parts, memory: Memory, stopped: AbortSignal): Promise<void> {
  const expected = memory.seen;
  if (expected === null) {
    memory.seen = await newestEntry(parts);
    return;
  }
  let newest = await followLog(parts, expected);
  if (newest === null) {
    await parts.clock.sleep(CONFIRM_AFTER_MS, stopped);
    newest = await followLog(parts, expected);
  }
  memory.seen = newest ?? (await raise(parts, memory, expected));
}

/** Answers what is there now, which the next check goes by: one gap is raised once. */
async function raise(parts: Parts, memory: Memory, expected: SeenEntry): Promise<SeenEntry> {
  const { store, clock, warn } = parts;
  const restored = await restoredSince(parts, expected);
  // Once only: what is missing after a restore that is known was not taken away by it.
  if (restored && restored.hash !== memory.restore) {
    memory.restore = restored.hash;
    warn('audit log restored from a backup', { seq: restored.seq, expected: expected.seq });
    return newestEntry(parts);
  }
  const head = await store.auditHead();
  const gap = { at: clock.now(), expected, found: head && { seq: head.seq, hash: head.hash } };
  memory.gap = gap;
  warn('audit log cut or rewritten', gap);
  await noteGap(parts, gap).catch((error) => warn('audit entry not written', { error: String(error) }));
  await store.announceService(gap.at).catch(() => undefined);
  return newestEntry(parts);
}

async function newestEntry({ store }: Parts): Promise<SeenEntry> {
  const head = await store.auditHead();
  const [newest] = head ? await store.auditChain(head.seq - 1, 1) : [];
  return newest ? seenOf(newest) : BEGINNING;
}
