import type { Kysely } from 'kysely';
import { notNull } from './columns.ts';

export async function createPersonalTables(db: Kysely<unknown>): Promise<void> {
  await createPins(db);
  await createSavedViews(db);
  await createRecents(db);
}

async function createPins(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('pins')
    .addColumn('subject', 'text', notNull)
    .addColumn('kind', 'text', notNull)
    .addColumn('key', 'text', notNull)
    .addColumn('at', 'bigint', notNull)
    .addPrimaryKeyConstraint('pins_key', ['subject', 'kind', 'key'])
    .execute();
}

async function createSavedViews(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('saved_views')
    .addColumn('subject', 'text', notNull)
    .addColumn('name', 'text', notNull)
    .addColumn('id', 'text', notNull)
    .addColumn('path', 'text', notNull)
    .addColumn('at', 'bigint', notNull)
    .addPrimaryKeyConstraint('saved_views_key', ['subject', 'name'])
    .execute();
}

async function createRecents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('recents')
    .addColumn('subject', 'text', notNull)
    .addColumn('device_key', 'text', notNull)
    .addColumn('at', 'bigint', notNull)
    .addPrimaryKeyConstraint('recents_key', ['subject', 'device_key'])
    .execute();
}
