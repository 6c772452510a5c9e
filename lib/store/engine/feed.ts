import type { Transaction } from 'kysely';
import type { FeedEntry } from '#lib/domain/feed.ts';
import type { Tables } from '#lib/store/schema.ts';

/** What is about to be added to the feed. */
export type Announcement = Omit<FeedEntry, 'seq'>;

/**
 * How many entries are kept. A page that was away for longer reads everything anew, which costs less than 50,000
 * entries would; a discovery of 10,000 devices fits in whole.
 */
export const KEPT_ENTRIES = 50_000;

/** Old entries are removed when this many came since: often enough to be quick, seldom enough to cost nothing. */
const PRUNED_AT_ONCE = 1_000;

/** Adds entries at the head of the feed. The head's row stays locked until the transaction ends. */
export async function announceIn(trx: Transaction<Tables>, entries: Announcement[]): Promise<void> {
  const head = await trx
    .updateTable('feed_head')
    .set((each) => ({ seq: each('seq', '+', entries.length) }))
    .returning('seq')
    .executeTakeFirstOrThrow();
  const before = head.seq - entries.length;
  for (let from = 0; from < entries.length; from += PRUNED_AT_ONCE) {
    const some = entries.slice(from, from + PRUNED_AT_ONCE);
    await trx
      .insertInto('feed')
      .values(some.map(({ at, kind, key }, index) => ({ seq: before + from + index + 1, at, kind, key })))
      .execute();
  }
  if (Math.floor(before / PRUNED_AT_ONCE) === Math.floor(head.seq / PRUNED_AT_ONCE)) return;
  await trx
    .deleteFrom('feed')
    .where('seq', '<=', head.seq - KEPT_ENTRIES)
    .execute();
}

/** Calls everybody who listens. Whoever fails has their own trouble: what was written is written. */
export function wake(listeners: Iterable<() => void>): void {
  for (const listener of listeners) {
    try {
      listener();
    } catch {}
  }
}
