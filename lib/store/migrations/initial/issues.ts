import type { Kysely } from 'kysely';
import { bytewiseText, notNull, primaryKey } from './columns.ts';

export async function createIssueTables(db: Kysely<unknown>): Promise<void> {
  await createIssues(db);
  await createFirstVersions(db);
  await createDeviceCounts(db);
}

async function createIssues(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('issues')
    .addColumn('device_key', bytewiseText(db), notNull)
    .addColumn('code', 'text', notNull)
    .addColumn('since', 'bigint', notNull)
    .addColumn('until', 'bigint')
    .addPrimaryKeyConstraint('issues_key', ['device_key', 'code', 'since'])
    .execute();
  await db.schema.createIndex('issues_by_code').on('issues').columns(['code', 'since']).execute();
  await db.schema.createIndex('issues_by_end').on('issues').columns(['until', 'since']).execute();
}

async function createFirstVersions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('first_versions')
    .addColumn('model', bytewiseText(db), notNull)
    .addColumn('part', 'text', notNull)
    .addColumn('version', bytewiseText(db), notNull)
    .addColumn('at', 'bigint', notNull)
    .addPrimaryKeyConstraint('first_versions_key', ['model', 'part', 'version'])
    .execute();
}

async function createDeviceCounts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('device_counts')
    .addColumn('at', 'bigint', primaryKey)
    .addColumn('known', 'bigint', notNull)
    .addColumn('offline', 'bigint', notNull)
    .addColumn('attention', 'bigint', notNull)
    .execute();
}
