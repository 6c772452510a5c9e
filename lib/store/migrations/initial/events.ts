import type { Kysely } from 'kysely';
import { bytewiseText, notNull, primaryKey } from './columns.ts';

export async function createEventTables(db: Kysely<unknown>): Promise<void> {
  await createEvents(db);
  await createEventOverrides(db);
  await createDeviceAlarms(db);
  await createEventCoverage(db);
  await createPushes(db);
  await createPushChecks(db);
}

async function createEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('event_id', bytewiseText(db), primaryKey)
    .addColumn('type', 'text', notNull)
    .addColumn('device_key', bytewiseText(db))
    .addColumn('room_id', bytewiseText(db))
    .addColumn('received_at', 'bigint', notNull)
    .addColumn('born_at', 'bigint')
    .addColumn('transport', 'text', notNull)
    .addColumn('outcome', 'text', notNull)
    .addColumn('body', 'text', notNull)
    .addColumn('overrides', 'text')
    .execute();
  await db.schema
    .createIndex('events_by_device_key')
    .on('events')
    .columns(['device_key', 'received_at', 'event_id'])
    .execute();
  await db.schema
    .createIndex('events_by_outcome')
    .on('events')
    .columns(['outcome', 'received_at', 'event_id'])
    .execute();
  await db.schema.createIndex('events_by_time').on('events').columns(['received_at', 'event_id']).execute();
  await db.schema
    .createIndex('events_by_type')
    .on('events')
    .columns(['type', 'received_at', 'event_id'])
    .execute();
}

async function createEventOverrides(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('event_overrides')
    .addColumn('device_key', bytewiseText(db), notNull)
    .addColumn('field', 'text', notNull)
    .addColumn('at', 'bigint', notNull)
    .addColumn('value', 'text', notNull)
    .addColumn('event_id', bytewiseText(db), notNull)
    .addPrimaryKeyConstraint('event_overrides_key', ['device_key', 'field'])
    .execute();
}

async function createDeviceAlarms(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('device_alarms')
    .addColumn('device_key', bytewiseText(db), notNull)
    .addColumn('at', 'bigint', notNull)
    .addColumn('rule', 'text', notNull)
    .addColumn('status', 'text', notNull)
    .addColumn('level', 'text', notNull)
    .addColumn('description', 'text')
    .addColumn('event_id', bytewiseText(db), notNull)
    .addPrimaryKeyConstraint('device_alarms_key', ['device_key', 'at', 'event_id'])
    .execute();
}

async function createEventCoverage(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('event_coverage')
    .addColumn('transport', 'text', notNull)
    .addColumn('from_at', 'bigint', notNull)
    .addColumn('to_at', 'bigint', notNull)
    .addPrimaryKeyConstraint('event_coverage_key', ['transport', 'from_at'])
    .execute();
  await db.schema.createIndex('event_coverage_by_end').on('event_coverage').column('to_at').execute();
}

async function createPushes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('pushes')
    .addColumn('month', 'text', notNull)
    .addColumn('day', 'text', notNull)
    .addColumn('transport', 'text', notNull)
    .addColumn('pushes', 'bigint', notNull)
    .addPrimaryKeyConstraint('pushes_key', ['month', 'day', 'transport'])
    .execute();
}

async function createPushChecks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('push_checks')
    .addColumn('day', 'text', primaryKey)
    .addColumn('agreed', 'bigint', notNull)
    .addColumn('missed', 'bigint', notNull)
    .execute();
}
