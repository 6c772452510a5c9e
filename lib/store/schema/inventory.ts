import type { Kysely } from 'kysely';
import { bytewiseText } from '#lib/store/column-types.ts';

export type InventoryTables = {
  devices: {
    key: string;
    device_id: string | null;
    union_id: string | null;
    /** The union id it was last asked by. */
    asked_union_id: string | null;
    /** In whose name it was last read. */
    operator_union_id: string | null;
    name: string | null;
    kind: string;
    model: string | null;
    /** What it said last, also when it is gone; `not-observed` while it never said anything. */
    state: string;
    raw_status: string | null;
    room_id: string | null;
    room_name: string | null;
    serial: string | null;
    mac: string | null;
    ip: string | null;
    firmware: string | null;
    software: string | null;
    camera: string | null;
    network_type: string | null;
    first_seen_at: number;
    observed_at: number | null;
    source: string | null;
    /** The reading these columns come from. */
    reading_id: string | null;
    state_since: number | null;
    /** The newest moment of which an event told something that no reading knew yet. */
    told_at: number | null;
    changed_at: number | null;
    gone_at: number | null;
    next_look_at: number | null;
    look_why: string | null;
    /** Codes of what is wrong, the worst first, with spaces between; null when nothing is known to be. */
    issues: string | null;
    /** Which parts it names, see `traitsOf`; null when that is not known. */
    parts: string | null;
  };
  controllers: {
    device_key: string;
    position: number;
    device_id: string | null;
    union_id: string | null;
    name: string | null;
    model: string | null;
    state: string;
    raw_status: string | null;
  };
  identifiers: {
    device_key: string;
    /** The controller's that bears it, or -1 for the device itself. */
    position: number;
    kind: string;
    value: string;
  };
  changes: {
    device_key: string;
    at: number;
    not_before: number;
    field: string;
    /** JSON, like `to_value`. */
    from_value: string;
    to_value: string;
    source: string;
  };
};

export const inventoryMigration = {
  async up(db: Kysely<unknown>) {
    await createDevices(db);
    await createParts(db);
    await createHistory(db);
    await reindexReadings(db);
  },
};

async function createDevices(db: Kysely<unknown>) {
  let table = db.schema
    .createTable('devices')
    .addColumn('key', bytewiseText(db), (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('first_seen_at', 'bigint', (column) => column.notNull());
  for (const text of [
    'device_id union_id asked_union_id operator_union_id name model raw_status room_id room_name serial mac ip',
    'firmware software network_type source reading_id look_why',
  ].flatMap((line) => line.split(' '))) {
    table = table.addColumn(text, 'text');
  }
  for (const moment of [
    'observed_at',
    'state_since',
    'span_since',
    'changed_at',
    'gone_at',
    'next_look_at',
  ]) {
    table = table.addColumn(moment, 'bigint');
  }
  await table.execute();
  for (const column of ['union_id', 'asked_union_id']) {
    await db.schema.createIndex(`devices_by_${column}`).on('devices').column(column).execute();
  }
  await db.schema.createIndex('devices_by_look').on('devices').columns(['next_look_at', 'gone_at']).execute();
  await db.schema
    .createIndex('devices_by_reason')
    .on('devices')
    .columns(['look_why', 'next_look_at'])
    .execute();
}

async function createParts(db: Kysely<unknown>) {
  await db.schema
    .createTable('controllers')
    .addColumn('device_key', bytewiseText(db), (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('device_id', 'text')
    .addColumn('union_id', 'text')
    .addColumn('name', 'text')
    .addColumn('model', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('raw_status', 'text')
    .addPrimaryKeyConstraint('controllers_key', ['device_key', 'position'])
    .execute();
  await db.schema.createIndex('controllers_by_union_id').on('controllers').column('union_id').execute();
  await db.schema
    .createTable('identifiers')
    .addColumn('device_key', bytewiseText(db), (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('value', bytewiseText(db), (column) => column.notNull())
    .addPrimaryKeyConstraint('identifiers_key', ['device_key', 'position', 'kind', 'value'])
    .execute();
  await db.schema
    .createIndex('identifiers_by_value')
    .on('identifiers')
    .columns(['kind', 'value', 'device_key', 'position'])
    .execute();
}

async function createHistory(db: Kysely<unknown>) {
  await db.schema
    .createTable('changes')
    .addColumn('device_key', bytewiseText(db), (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('not_before', 'bigint', (column) => column.notNull())
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('from_value', 'text', (column) => column.notNull())
    .addColumn('to_value', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('changes_by_device').on('changes').columns(['device_key', 'at']).execute();
  await db.schema
    .createTable('status_spans')
    .addColumn('device_key', bytewiseText(db), (column) => column.notNull())
    .addColumn('began_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('status_spans_key', ['device_key', 'began_at'])
    .execute();
}

/** As many indexes as before, each for a question that is still asked, and none that reads a device's whole past. */
async function reindexReadings(db: Kysely<unknown>) {
  await db.schema.dropIndex('readings_by_union_id').execute();
  await db.schema
    .createIndex('readings_by_bearer')
    .on('readings')
    .columns(['union_id', 'device_key'])
    .execute();
  await db.schema.dropIndex('readings_by_time').execute();
  await db.schema
    .createIndex('readings_by_operator')
    .on('readings')
    .columns(['device_key', 'operator_union_id', 'observed_at'])
    .execute();
}
