import { type AuditAction, CHAIN_BEGINS, type SealedEntry } from '#lib/domain/audit/audit.ts';
import { EVERY_ENTRY } from '#lib/domain/audit/audit-filter.ts';
import { type AuditSealer, hashOf, replaced } from '#lib/store/audit/audit-chain.ts';
import type { AuditGap, SeenEntry } from '#lib/store/audit/audit-head-file.ts';
import type { AuditStore } from '#lib/store/audit/audit-log.ts';

/** A restore's entry is by the clock of the machine that restores: how far it may differ from the server's. */
const CLOCKS_APART_MS = 60_000;

const ENTRIES_AT_ONCE = 1_000;

type LogParts = { store: AuditStore; sealer: AuditSealer };

export const seenOf = ({ seq, hash, at }: SealedEntry): SeenEntry => ({ seq, hash, at });

export const isNext = (last: SeenEntry, entry: SealedEntry) =>
  entry.seq === last.seq + 1 && entry.hash === hashOf(last.hash, entry);

/**
 * Goes on from an entry that was seen to the newest one; null where it is gone, or where what follows does not hang on it or
 * is sealed with no key that is known: anyone who can write to the database can name a key that nobody has.
 */
export async function followLog({ store, sealer }: LogParts, from: SeenEntry): Promise<SeenEntry | null> {
  const head = await store.auditHead();
  if ((head?.seq ?? 0) < from.seq) return null;
  if (from.seq > 0) {
    const [same] = await store.auditChain(from.seq - 1, 1);
    if (same?.seq !== from.seq || same.hash !== from.hash) return null;
  }
  let last = from;
  for (;;) {
    const entries = await store.auditChain(last.seq, ENTRIES_AT_ONCE);
    for (const entry of entries) {
      if (!isNext(last, entry)) return null;
      if (!isSealed(sealer, entry)) return null;
      last = seenOf(entry);
    }
    if (entries.length < ENTRIES_AT_ONCE) return last;
  }
}

/** Whether an entry was sealed with the current key or an earlier one that is known. */
const isSealed = ({ sealBy }: AuditSealer, { keyId, hash, seal }: SealedEntry) =>
  sealBy(keyId, hash) === seal;

/** The newest entries of an action that was done, sealed with a key of ours, each in its place of the chain; newest first. */
async function sealedOf({ store, sealer }: LogParts, action: AuditAction): Promise<SealedEntry[]> {
  const entries = await store.auditEntries({ ...EVERY_ENTRY, action, outcome: 'done' }, null, 5);
  const good: SealedEntry[] = [];
  for (const entry of entries) {
    const [before] = entry.seq > 1 ? await store.auditChain(entry.seq - 2, 1) : [];
    const previous = entry.seq > 1 ? before?.hash : CHAIN_BEGINS;
    if (previous === undefined || hashOf(previous, entry) !== entry.hash) continue;
    if (isSealed(sealer, entry)) good.push(entry);
  }
  return good;
}

/**
 * A restore since an entry was seen; undefined where there is none. A restore that was seen itself and lost what followed it
 * is no reason: the new one comes after the entry in the log, replaced a log that held it, or is newer by any clock.
 */
export async function restoredSince(parts: LogParts, seen: SeenEntry): Promise<SealedEntry | undefined> {
  const restores = await sealedOf(parts, 'restored');
  return restores.find((entry) => {
    if (entry.at < seen.at - CLOCKS_APART_MS) return false;
    return entry.seq > seen.seq || replaced(entry.about, seen) || entry.at > seen.at + CLOCKS_APART_MS;
  });
}

const GAP = /^expected=(\d+):([0-9a-f]*)&seen=(\d+)&found=(?:(\d+):([0-9a-f]*))?$/;

/** Writes that entries are gone, unless another instance has since they were there. */
export async function noteGap(parts: LogParts, { at, expected, found }: AuditGap): Promise<void> {
  const { store, sealer } = parts;
  const known = await sealedOf(parts, 'log-gap-found');
  if (known.some((entry) => entry.at >= expected.at && gapIn(entry)?.expected.seq === expected.seq)) return;
  await store.recordAudit(
    {
      at,
      action: 'log-gap-found',
      outcome: 'done',
      target: { kind: 'audit', id: null },
      who: { subject: null, name: null, role: null },
      about: `expected=${expected.seq}:${expected.hash}&seen=${expected.at}&found=${found ? `${found.seq}:${found.hash}` : ''}`,
      reason: null,
      address: 'unknown',
      requestId: null,
    },
    sealer,
  );
}

/** The gap that another process wrote down. */
function gapIn({ at, about }: SealedEntry): AuditGap | null {
  const [, seq, hash = '', seenAt, foundSeq, foundHash = ''] = GAP.exec(about ?? '') ?? [];
  if (seq === undefined) return null;
  const found = foundSeq === undefined ? null : { seq: Number(foundSeq), hash: foundHash };
  return { at, expected: { seq: Number(seq), hash, at: Number(seenAt) }, found };
}

/** The newest gap, this process's own or another's, that no admin has acknowledged since. */
export async function standingGap(parts: LogParts, own: AuditGap | null): Promise<AuditGap | null> {
  const [found] = await sealedOf(parts, 'log-gap-found');
  const [acknowledged] = await sealedOf(parts, 'log-gap-acknowledged');
  const logged = found ? gapIn(found) : null;
  const newest = own && (logged === null || own.at >= logged.at) ? own : logged;
  return newest === null || (acknowledged && acknowledged.at >= newest.at) ? null : newest;
}
