import { type Kysely, sql } from 'kysely';
import { notNull, primaryKey } from './columns.ts';

export async function createBudgetTables(db: Kysely<unknown>): Promise<void> {
  await createApiCalls(db);
  await createCallMonths(db);
  await createCallTotals(db);
  await createCallSlots(db);
  await createJobPause(db);
  await createAbsentDevices(db);
}

async function createApiCalls(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('api_calls')
    .addColumn('id', 'text', primaryKey)
    .addColumn('at', 'bigint', notNull)
    .addColumn('month', 'text', notNull)
    .addColumn('day', 'text', notNull)
    .addColumn('purpose', 'text', notNull)
    .addColumn('api', 'text', notNull)
    .addColumn('ms', 'bigint')
    .addColumn('counted', 'integer')
    .addColumn('status', 'integer')
    .addColumn('code', 'text')
    .addColumn('request_id', 'text')
    .addColumn('reason', 'text')
    .addColumn('asked_by', 'text')
    .addColumn('unknown_id', 'integer')
    .execute();
  // The index on answered calls and the one on failed calls are partial, so that charging a call changes neither of them.
  await db.schema
    .createIndex('api_calls_answered')
    .on('api_calls')
    .column('at')
    .where(sql<boolean>`ms is not null and reason is null`)
    .execute();
  await db.schema.createIndex('api_calls_by_person').on('api_calls').columns(['day', 'asked_by']).execute();
  await db.schema
    .createIndex('api_calls_failed')
    .on('api_calls')
    .column('at')
    .where(sql<boolean>`reason is not null`)
    .execute();
}

async function createCallMonths(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('call_months')
    .addColumn('month', 'text', primaryKey)
    .addColumn('total', 'bigint', notNull)
    .execute();
}

async function createCallTotals(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('call_totals')
    .addColumn('month', 'text', notNull)
    .addColumn('day', 'text', notNull)
    .addColumn('purpose', 'text', notNull)
    .addColumn('calls', 'bigint', notNull)
    .addPrimaryKeyConstraint('call_totals_key', ['month', 'day', 'purpose'])
    .execute();
}

async function createCallSlots(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('call_slots')
    .addColumn('api', 'text', primaryKey)
    .addColumn('next_at', 'double precision', notNull)
    .execute();
}

async function createJobPause(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('job_pause')
    .addColumn('id', 'integer', primaryKey)
    .addColumn('reason', 'text', notNull)
    .addColumn('since', 'bigint', notNull)
    .addColumn('probe_at', 'bigint', notNull)
    .execute();
}

async function createAbsentDevices(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('absent_devices')
    .addColumn('named_by', 'text', notNull)
    .addColumn('named', 'text', notNull)
    .addColumn('operator_union_id', 'text', notNull)
    .addColumn('at', 'bigint', notNull)
    .addPrimaryKeyConstraint('absent_devices_key', ['operator_union_id', 'named_by', 'named'])
    .execute();
  await db.schema.createIndex('absent_devices_by_time').on('absent_devices').column('at').execute();
}
