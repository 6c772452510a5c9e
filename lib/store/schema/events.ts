import { type Kysely, sql, type Transaction } from 'kysely';
import { bytewiseText } from '#lib/store/column-types.ts';
import { replayReadings } from '#lib/store/devices/replay-readings.ts';
import type { Tables } from '#lib/store/schema.ts';
import { addCameras } from './cameras.ts';

/** What DingTalk sends and what follows from it. Times are milliseconds since the epoch. */
export type EventTables = {
  events: {
    event_id: string;
    type: string;
    device_key: string | null;
    room_id: string | null;
    received_at: number;
    born_at: number | null;
    door: string;
    outcome: string;
    /** JSON of the business fields in DingTalk's spelling. */
    body: string;
    /** JSON of the moment and the fields that it told of its device; null when it told none. See `ToldByEvent`. */
    told: string | null;
  };
  /** The newest that events told of a field, as far as no reading is newer. */
  told: {
    device_key: string;
    field: string;
    at: number;
    /** JSON. */
    value: string;
    event_id: string;
  };
  status_marks: { device_key: string; at: number; state: string; source: string };
  alarm_marks: {
    device_key: string;
    at: number;
    rule: string;
    status: string;
    level: string;
    description: string | null;
    event_id: string;
  };
  /** Stretches of time in which a door was open. */
  event_watches: { door: string; from_at: number; to_at: number };
  pushes: { month: string; day: string; door: string; pushes: number };
  /** How often a look agreed with what events had said before it. */
  push_checks: { day: string; agreed: number; missed: number };
};

export const eventMigration = {
  async up(db: Kysely<unknown>) {
    await createEvents(db);
    await createFacts(db);
    await createSums(db);
    await db.schema.alterTable('devices').addColumn('told_at', 'bigint').execute();
    await keepSpansAsMarks(db as Kysely<Tables>);
    await db.schema.dropTable('status_spans').execute();
    await db.schema.alterTable('devices').dropColumn('span_since').execute();
    await replayWhereNothingIsKnown(db as unknown as Transaction<Tables>);
  },
};

async function createEvents(db: Kysely<unknown>) {
  await db.schema
    .createTable('events')
    .addColumn('event_id', bytewiseText(db), (column) => column.primaryKey())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('device_key', bytewiseText(db))
    .addColumn('room_id', bytewiseText(db))
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('born_at', 'bigint')
    .addColumn('door', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  for (const column of ['device_key', 'type', 'outcome']) {
    await db.schema
      .createIndex(`events_by_${column}`)
      .on('events')
      .columns([column, 'received_at', 'event_id'])
      .execute();
  }
  await db.schema.createIndex('events_by_time').on('events').columns(['received_at', 'event_id']).execute();
}

async function createFacts(db: Kysely<unknown>) {
  await db.schema
    .createTable('told')
    .addColumn('device_key', bytewiseText(db), (column) => column.notNull())
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('event_id', bytewiseText(db), (column) => column.notNull())
    .addPrimaryKeyConstraint('told_key', ['device_key', 'field'])
    .execute();
  // What is the same fact is the same row, so that a repetition adds nothing.
  await db.schema
    .createTable('status_marks')
    .addColumn('device_key', bytewiseText(db), (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('status_marks_key', ['device_key', 'at', 'source', 'state'])
    .execute();
  await db.schema
    .createIndex('status_marks_told')
    .on('status_marks')
    .column('at')
    .where(sql<boolean>`source = 'event'`)
    .execute();
  await db.schema
    .createTable('alarm_marks')
    .addColumn('device_key', bytewiseText(db), (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('description', 'text')
    .addColumn('event_id', bytewiseText(db), (column) => column.notNull())
    .addPrimaryKeyConstraint('alarm_marks_key', ['device_key', 'at', 'event_id'])
    .execute();
}

async function createSums(db: Kysely<unknown>) {
  await db.schema
    .createTable('event_watches')
    .addColumn('door', 'text', (column) => column.notNull())
    .addColumn('from_at', 'bigint', (column) => column.notNull())
    .addColumn('to_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('event_watches_key', ['door', 'from_at'])
    .execute();
  await db.schema.createIndex('event_watches_by_end').on('event_watches').column('to_at').execute();
  await db.schema
    .createTable('pushes')
    .addColumn('month', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('door', 'text', (column) => column.notNull())
    .addColumn('pushes', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('pushes_key', ['month', 'day', 'door'])
    .execute();
  await db.schema
    .createTable('push_checks')
    .addColumn('day', 'text', (column) => column.primaryKey())
    .addColumn('agreed', 'bigint', (column) => column.notNull())
    .addColumn('missed', 'bigint', (column) => column.notNull())
    .execute();
}

/** A span was two readings in one state with no silence between them: its ends are the facts it came from. */
async function keepSpansAsMarks(db: Kysely<Tables>) {
  for (const end of ['began_at', 'ended_at']) {
    await sql`insert into status_marks (device_key, at, state, source)
      select device_key, ${sql.ref(end)}, state, source from status_spans where true
      on conflict do nothing`.execute(db);
  }
}

/** A database from before there was an inventory is brought up to date once all tables of it are there. */
async function replayWhereNothingIsKnown(trx: Transaction<Tables>) {
  const known = await trx.selectFrom('devices').select('key').limit(1).executeTakeFirst();
  if (known) return;
  // Rows are written as they are today.
  await addCameras(trx);
  await replayReadings(trx);
}
