import type { Kysely } from 'kysely';
import { notNull, primaryKey } from './columns.ts';

export async function createDiscoveryTables(db: Kysely<unknown>): Promise<void> {
  await createDiscoveryRuns(db);
  await createDiscoveryTasks(db);
}

async function createDiscoveryRuns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('discovery_runs')
    .addColumn('id', 'text', primaryKey)
    .addColumn('depth', 'text', notNull)
    .addColumn('started_by', 'text')
    .addColumn('started_at', 'bigint', notNull)
    .addColumn('finished_at', 'bigint')
    .addColumn('state', 'text', notNull)
    .addColumn('paused_by', 'text')
    .addColumn('groups_read', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('pages', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('next_token', 'text')
    .addColumn('list_read', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('rooms_found', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('rooms_done', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('rooms_failed', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('devices_found', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('devices_done', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('devices_failed', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('moved_at', 'bigint', notNull)
    .addColumn('open', 'integer', (column) => column.unique())
    .execute();
}

async function createDiscoveryTasks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('discovery_tasks')
    .addColumn('run_id', 'text', notNull)
    .addColumn('kind', 'text', notNull)
    .addColumn('subject', 'text', notNull)
    .addColumn('position', 'integer', notNull)
    .addColumn('state', 'text', notNull)
    .addColumn('attempts', 'integer', notNull)
    .addColumn('not_before', 'bigint', notNull)
    .addColumn('reason', 'text')
    .addPrimaryKeyConstraint('discovery_tasks_key', ['run_id', 'kind', 'subject'])
    .execute();
  await db.schema
    .createIndex('discovery_tasks_in_order')
    .on('discovery_tasks')
    .columns(['run_id', 'kind', 'state', 'attempts', 'position'])
    .execute();
}
