import type { FeedEntry } from '#lib/domain/feed.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { write } from '#lib/store/write.ts';

/** The change feed. Every write that changes what pages show adds to it in its own transaction. */
export type FeedStore = {
  /** The newest `seq`; 0 in an empty feed. Cheap. */
  feedHead(): Promise<number>;
  /** Entries after `seq` in order, at most `limit`; null when some of them are no longer kept. */
  feedAfter(seq: number, limit: number): Promise<FeedEntry[] | null>;
  /** Calls back soon after anything was added by any instance, never with what. Answers how to stop. */
  onFeed(listener: () => void): () => void;
  /** Adds a `service` entry: something on the service screen moved. */
  announceService(at: number): Promise<void>;
};

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
