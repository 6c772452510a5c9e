import { type Kysely, sql } from 'kysely';
import { bytewiseText, notNull } from './columns.ts';

export async function createHistoryTables(db: Kysely<unknown>): Promise<void> {
  await createChanges(db);
  await createStatusMarks(db);
  await createListVersions(db);
}

async function createChanges(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('changes')
    .addColumn('device_key', bytewiseText(db), notNull)
    .addColumn('at', 'bigint', notNull)
    .addColumn('not_before', 'bigint', notNull)
    .addColumn('field', 'text', notNull)
    .addColumn('from_value', 'text', notNull)
    .addColumn('to_value', 'text', notNull)
    .addColumn('source', 'text', notNull)
    .execute();
  await db.schema.createIndex('changes_by_device').on('changes').columns(['device_key', 'at']).execute();
}

async function createStatusMarks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('status_marks')
    .addColumn('device_key', bytewiseText(db), notNull)
    .addColumn('at', 'bigint', notNull)
    .addColumn('state', 'text', notNull)
    .addColumn('source', 'text', notNull)
    // The whole row is the key, so that storing the same fact again adds nothing.
    .addPrimaryKeyConstraint('status_marks_key', ['device_key', 'at', 'source', 'state'])
    .execute();
  await db.schema
    .createIndex('status_marks_from_events')
    .on('status_marks')
    .column('at')
    .where(sql<boolean>`source = 'event'`)
    .execute();
}

async function createListVersions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('list_versions')
    .addColumn('kind', 'text', notNull)
    .addColumn('key', bytewiseText(db), notNull)
    .addColumn('at', 'bigint', notNull)
    .addColumn('body', 'text')
    .addPrimaryKeyConstraint('list_versions_key', ['kind', 'key', 'at'])
    .execute();
  await db.schema.createIndex('list_versions_by_time').on('list_versions').column('at').execute();
}
