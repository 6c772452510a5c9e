import type { Generated, Kysely } from 'kysely';
import { bytewiseText } from '#lib/store/column-types.ts';

export type DiscoveryTables = {
  /** JSON in `location`, `labels`, `booking_right`, `device_union_ids` and `unknown_fields`. */
  rooms: {
    id: string;
    union_id: string | null;
    name: string | null;
    capacity: number | null;
    location: string;
    labels: string;
    group_id: string | null;
    booking_right: string;
    description: string | null;
    external_id: string | null;
    device_union_ids: string | null;
    unknown_fields: string;
    first_seen_at: number;
    observed_at: number;
    detail_at: number | null;
    gone_at: number | null;
    /** The run that named it last. */
    listed_by: string;
  };
  room_groups: { id: string; name: string | null; parent_id: string | null };
  discovery_runs: {
    id: string;
    depth: string;
    started_by: string | null;
    started_at: number;
    finished_at: number | null;
    state: string;
    paused_by: string | null;
    /** 1 when the groups were read in this run. */
    groups_read: Generated<number>;
    pages: Generated<number>;
    next_token: string | null;
    /** 1 when the last page of the room list was read. */
    list_read: Generated<number>;
    rooms_found: Generated<number>;
    rooms_done: Generated<number>;
    rooms_failed: Generated<number>;
    devices_found: Generated<number>;
    devices_done: Generated<number>;
    devices_failed: Generated<number>;
    moved_at: number;
    /** 1 until it is done, then null: what is unique lets only one run be open. */
    open: number | null;
  };
  discovery_tasks: {
    run_id: string;
    kind: string;
    subject: string;
    /** Where it stands among those that were found. */
    position: number;
    /** `open`, `done` or `failed`. */
    state: string;
    attempts: number;
    not_before: number;
    /** Why it failed. */
    reason: string | null;
  };
};

export const discoveryMigration = {
  async up(db: Kysely<unknown>) {
    await createRooms(db);
    await createRuns(db);
    await createTasks(db);
  },
};

async function createRooms(db: Kysely<unknown>) {
  await db.schema
    .createTable('rooms')
    .addColumn('id', bytewiseText(db), (column) => column.primaryKey())
    .addColumn('union_id', 'text')
    .addColumn('name', 'text')
    .addColumn('capacity', 'double precision')
    .addColumn('location', 'text', (column) => column.notNull())
    .addColumn('labels', 'text', (column) => column.notNull())
    .addColumn('group_id', 'text')
    .addColumn('booking_right', 'text', (column) => column.notNull())
    .addColumn('description', 'text')
    .addColumn('external_id', 'text')
    .addColumn('device_union_ids', 'text')
    .addColumn('unknown_fields', 'text', (column) => column.notNull())
    .addColumn('first_seen_at', 'bigint', (column) => column.notNull())
    .addColumn('observed_at', 'bigint', (column) => column.notNull())
    .addColumn('detail_at', 'bigint')
    .addColumn('gone_at', 'bigint')
    .addColumn('listed_by', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('room_groups')
    .addColumn('id', bytewiseText(db), (column) => column.primaryKey())
    .addColumn('name', 'text')
    .addColumn('parent_id', 'text')
    .execute();
}

async function createRuns(db: Kysely<unknown>) {
  let table = db.schema
    .createTable('discovery_runs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('depth', 'text', (column) => column.notNull())
    .addColumn('started_by', 'text')
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('paused_by', 'text')
    .addColumn('next_token', 'text')
    .addColumn('moved_at', 'bigint', (column) => column.notNull())
    .addColumn('open', 'integer', (column) => column.unique());
  for (const count of ['groups_read', 'pages', 'list_read']) {
    table = table.addColumn(count, 'integer', (column) => column.notNull().defaultTo(0));
  }
  for (const kind of ['rooms', 'devices']) {
    for (const count of ['found', 'done', 'failed']) {
      table = table.addColumn(`${kind}_${count}`, 'integer', (column) => column.notNull().defaultTo(0));
    }
  }
  await table.execute();
}

async function createTasks(db: Kysely<unknown>) {
  await db.schema
    .createTable('discovery_tasks')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('not_before', 'bigint', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addPrimaryKeyConstraint('discovery_tasks_key', ['run_id', 'kind', 'subject'])
    .execute();
  await db.schema
    .createIndex('discovery_tasks_in_order')
    .on('discovery_tasks')
    .columns(['run_id', 'kind', 'state', 'attempts', 'position'])
    .execute();
}
