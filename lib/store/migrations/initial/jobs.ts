import { type Kysely, sql } from 'kysely';
import { notNull, primaryKey } from './columns.ts';

export async function createJobTables(db: Kysely<unknown>): Promise<void> {
  await createLeases(db);
  await createFeed(db);
  await createFeedHead(db);
}

async function createLeases(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('leases')
    .addColumn('name', 'text', primaryKey)
    .addColumn('holder', 'text', notNull)
    .addColumn('until_at', 'bigint', notNull)
    .execute();
}

async function createFeed(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('feed')
    .addColumn('seq', 'bigint', primaryKey)
    .addColumn('at', 'bigint', notNull)
    .addColumn('kind', 'text', notNull)
    .addColumn('key', 'text')
    .execute();
}

async function createFeedHead(db: Kysely<unknown>): Promise<void> {
  await db.schema.createTable('feed_head').addColumn('seq', 'bigint', notNull).execute();
  await sql`insert into feed_head (seq) values (0)`.execute(db);
}
