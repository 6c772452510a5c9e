import type { AuditAction, AuditEntry } from '#lib/domain/audit/audit.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { iso } from '#lib/domain/iso.ts';

/** How long equal refusals are counted before one summary entry is written. */
export const MERGE_WINDOW_MS = 10 * 60_000;

/** Most groups of equal refusals that are counted apart for one action; the rest share one group. */
export const MOST_GROUPS = 32;

/** Stands for the address and the reason where refusals of several sources are counted together. */
export const VARIOUS = 'various';

/** What was repeated: how many times after the first entry, and when first and last, ISO 8601 UTC. */
type Repeated = { count: number; since: number; until: number };

type Group = Repeated & { entry: AuditEntry };

export type RefusalMerger = {
  /** Writes the first of equal refusals at once and counts those that follow within the window. */
  add(entry: AuditEntry): void;
  /** Writes what was counted so far and stops every timer. What is added afterwards is written one by one. */
  close(): void;
};

/**
 * Keeps repeated refusals from filling the audit log: an attempt repeated a thousand times is one entry at once and one
 * summary entry for each window of ten minutes. Equal means same action, outcome, person, address, target, `about` and
 * `reason`. Memory and entries are bounded also when an attacker varies these: beyond `MOST_GROUPS` groups of one action,
 * one more group counts all others. Counted per process; `write` must not throw.
 */
export function createRefusalMerger(
  clock: Pick<Clock, 'now' | 'sleep'>,
  write: (entry: AuditEntry) => void,
): RefusalMerger {
  const groups = new Map<AuditAction, Map<string, Group>>();
  const closed = new AbortController();

  const writeSummary = ({ entry, ...repeated }: Group) => {
    if (repeated.count > 0) write(summaryOf(entry, repeated));
  };
  const endLater = async (ofAction: Map<string, Group>, key: string): Promise<void> => {
    for (;;) {
      await clock.sleep(MERGE_WINDOW_MS, closed.signal);
      const group = ofAction.get(key);
      if (!group) return;
      writeSummary(group);
      if (group.count === 0) {
        ofAction.delete(key);
        return;
      }
      // An attempt that goes on is summed up again at the end of the next window, without another first entry.
      group.count = 0;
    }
  };
  const count = (group: Group, { at }: AuditEntry) => {
    if (group.count === 0) group.since = at;
    group.count += 1;
    group.until = at;
  };
  return {
    add(entry) {
      if (closed.signal.aborted) return write(entry);
      const ofAction = groups.get(entry.action) ?? new Map<string, Group>();
      groups.set(entry.action, ofAction);
      const own = keyOf(entry);
      const isFull = !ofAction.has(own) && ofAction.size >= MOST_GROUPS;
      const key = isFull ? VARIOUS : own;
      const known = ofAction.get(key);
      if (known) return count(known, entry);
      const counted = isFull ? withoutSource(entry) : entry;
      ofAction.set(key, { entry: counted, count: 0, since: entry.at, until: entry.at });
      endLater(ofAction, key).catch(() => undefined);
      write(entry);
    },
    close() {
      if (closed.signal.aborted) return;
      closed.abort();
      for (const ofAction of groups.values()) for (const group of ofAction.values()) writeSummary(group);
      groups.clear();
    },
  };
}

/** Everything of a refusal but its moment and its request. */
const keyOf = ({ at: _, requestId: __, ...entry }: AuditEntry) => JSON.stringify(entry);

const withoutSource = (entry: AuditEntry): AuditEntry => ({
  ...entry,
  who: { subject: null, name: null, role: null },
  target: null,
  about: VARIOUS,
  reason: null,
  address: VARIOUS,
});

/** Leaves room for the count in what an entry may hold. */
const LONGEST_ABOUT = 400;

const summaryOf = (entry: AuditEntry, { count, since, until }: Repeated): AuditEntry => {
  const about = entry.about === null ? '' : `${entry.about.slice(0, LONGEST_ABOUT)}&`;
  const repeated = `repeated=${count}&since=${iso(since)}&until=${iso(until)}`;
  return { ...entry, at: until, about: about + repeated, requestId: null };
};
