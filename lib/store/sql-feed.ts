import type { FeedEntry } from '#lib/domain/feed.ts';
import type { FeedStore } from '#lib/store/jobs/job-store.ts';
import type { Engine } from './engine/engine.ts';
import { write } from './write.ts';

/** The change feed in SQL. */
export function feedStore(engine: Engine): FeedStore {
  const { memory, listeners } = engine;
  const head = () => memory.recall('feed head', () => feedHead(engine));
  return {
    feedHead: head,
    feedAfter: (seq, limit) => feedAfter(engine, head, seq, limit),
    onFeed(listener) {
      // A listener of its own for each call, so that stopping one never stops another.
      const own = () => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    announceService: (at) =>
      write(engine, async ({ announce }) => announce({ at, kind: 'service', key: null })),
  };
}

async function feedHead({ db }: Engine): Promise<number> {
  return (await db.selectFrom('feed_head').select('seq').executeTakeFirstOrThrow()).seq;
}

async function feedAfter({ db }: Engine, head: () => Promise<number>, seq: number, limit: number) {
  const rows = await db
    .selectFrom('feed')
    .selectAll()
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
  const first = rows[0];
  // There are no gaps, so one at the beginning was pruned.
  if (first) return first.seq === seq + 1 ? rows.map((row) => row as FeedEntry) : null;
  // Whoever is ahead of the head read in a database that was replaced since.
  return seq > (await head()) ? null : [];
}
