import type { Kysely } from 'kysely';
import { bytewiseText, notNull, primaryKey } from './columns.ts';

export async function createDeviceTables(db: Kysely<unknown>): Promise<void> {
  await createReadings(db);
  await createRefusals(db);
  await createDevices(db);
  await createControllers(db);
  await createIdentifiers(db);
}

async function createReadings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('readings')
    .addColumn('id', 'text', primaryKey)
    .addColumn('device_key', 'text', notNull)
    .addColumn('union_id', 'text')
    .addColumn('asked_union_id', 'text')
    .addColumn('observed_at', 'bigint', notNull)
    .addColumn('source', 'text', notNull)
    .addColumn('operator_union_id', 'text', notNull)
    .addColumn('device', 'text', notNull)
    .addColumn('raw', 'text', notNull)
    .execute();
  await db.schema
    .createIndex('readings_by_asked_union_id')
    .on('readings')
    .columns(['asked_union_id', 'observed_at'])
    .execute();
  await db.schema
    .createIndex('readings_by_bearer')
    .on('readings')
    .columns(['union_id', 'device_key'])
    .execute();
  await db.schema
    .createIndex('readings_by_device_key')
    .on('readings')
    .columns(['device_key', 'observed_at'])
    .execute();
  await db.schema
    .createIndex('readings_by_operator')
    .on('readings')
    .columns(['device_key', 'operator_union_id', 'observed_at'])
    .execute();
}

async function createRefusals(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('refusals')
    .addColumn('operator_union_id', 'text', notNull)
    .addColumn('named_by', 'text', notNull)
    .addColumn('named', 'text', notNull)
    .addColumn('refused_at', 'bigint', notNull)
    .addPrimaryKeyConstraint('refusals_key', ['operator_union_id', 'named_by', 'named'])
    .execute();
}

async function createDevices(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('devices')
    .addColumn('key', bytewiseText(db), primaryKey)
    .addColumn('device_id', 'text')
    .addColumn('union_id', 'text')
    .addColumn('asked_union_id', 'text')
    .addColumn('operator_union_id', 'text')
    .addColumn('name', 'text')
    .addColumn('kind', 'text', notNull)
    .addColumn('model', 'text')
    .addColumn('state', 'text', notNull)
    .addColumn('raw_status', 'text')
    .addColumn('room_id', 'text')
    .addColumn('room_name', 'text')
    .addColumn('serial', 'text')
    .addColumn('mac', 'text')
    .addColumn('ip', 'text')
    .addColumn('firmware', 'text')
    .addColumn('software', 'text')
    .addColumn('camera', 'text')
    .addColumn('network_type', 'text')
    .addColumn('first_seen_at', 'bigint', notNull)
    .addColumn('observed_at', 'bigint')
    .addColumn('source', 'text')
    .addColumn('reading_id', 'text')
    .addColumn('state_since', 'bigint')
    .addColumn('event_at', 'bigint')
    .addColumn('changed_at', 'bigint')
    .addColumn('removed_at', 'bigint')
    .addColumn('next_check_at', 'bigint')
    .addColumn('next_check_reason', 'text')
    .addColumn('issues', 'text')
    .addColumn('issue_since', 'bigint')
    .addColumn('parts', 'text')
    .execute();
  await db.schema.createIndex('devices_by_asked_union_id').on('devices').column('asked_union_id').execute();
  await db.schema
    .createIndex('devices_by_next_check')
    .on('devices')
    .columns(['next_check_at', 'removed_at'])
    .execute();
  await db.schema
    .createIndex('devices_by_next_check_reason')
    .on('devices')
    .columns(['next_check_reason', 'next_check_at'])
    .execute();
  await db.schema.createIndex('devices_by_union_id').on('devices').column('union_id').execute();
}

async function createControllers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('controllers')
    .addColumn('device_key', bytewiseText(db), notNull)
    .addColumn('position', 'integer', notNull)
    .addColumn('device_id', 'text')
    .addColumn('union_id', 'text')
    .addColumn('name', 'text')
    .addColumn('model', 'text')
    .addColumn('state', 'text', notNull)
    .addColumn('raw_status', 'text')
    .addPrimaryKeyConstraint('controllers_key', ['device_key', 'position'])
    .execute();
  await db.schema.createIndex('controllers_by_union_id').on('controllers').column('union_id').execute();
}

async function createIdentifiers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('identifiers')
    .addColumn('device_key', bytewiseText(db), notNull)
    .addColumn('position', 'integer', notNull)
    .addColumn('kind', 'text', notNull)
    .addColumn('value', bytewiseText(db), notNull)
    .addPrimaryKeyConstraint('identifiers_key', ['device_key', 'position', 'kind', 'value'])
    .execute();
  await db.schema
    .createIndex('identifiers_by_value')
    .on('identifiers')
    .columns(['kind', 'value', 'device_key', 'position'])
    .execute();
}
