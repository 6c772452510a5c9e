import type { Transaction } from 'kysely';
import type { FeedEntry } from '#lib/domain/feed.ts';
import type { Tables } from './schema.ts';

/** What is about to be added to the feed. */
export type Announcement = Omit<FeedEntry, 'seq'>;

/** Adds entries at the head of the feed. The head's row stays locked until the transaction ends. */
export async function announceIn(trx: Transaction<Tables>, entries: Announcement[]): Promise<void> {
  const { seq } = await trx
    .updateTable('feed_head')
    .set((each) => ({ seq: each('seq', '+', entries.length) }))
    .returning('seq')
    .executeTakeFirstOrThrow();
  const first = Number(seq) - entries.length + 1;
  await trx
    .insertInto('feed')
    .values(entries.map((entry, index) => ({ ...entry, seq: first + index })))
    .execute();
}
