import type { Kysely } from 'kysely';

/** The change feed. Times are milliseconds since the epoch. */
export type FeedTables = {
  feed: { seq: number; at: number; kind: string; key: string | null };
  /** One row. Its lock, held until the commit, is what puts entries in the order of commits without a gap. */
  feed_head: { seq: number };
};

export const feedMigration = {
  async up(db: Kysely<FeedTables>) {
    await db.schema
      .createTable('feed')
      .addColumn('seq', 'bigint', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('key', 'text')
      .execute();
    await db.schema
      .createTable('feed_head')
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .execute();
    await db.insertInto('feed_head').values({ seq: 0 }).execute();
  },
};
