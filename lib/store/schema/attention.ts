import type { Kysely } from 'kysely';
import { bytewiseText } from '#lib/store/column-types.ts';

/** Times are milliseconds since the epoch; a `body` is JSON. */
export type AlertTables = {
  /** What anybody wants to be told of. */
  attention_rules: { id: string; body: string; created_at: number };
  /** Where it is told: `sealed` is what it takes to send there. */
  attention_channels: { id: string; body: string; sealed: string; created_at: number };
  /** What is quiet and when; `ends_at` is null for what comes again every week. */
  attention_quiets: { id: string; body: string; created_at: number; ends_at: number | null };
  /** How far the rules have come: one row, whose version whoever decides takes on by one. */
  attention_head: { only: number; version: number };
  attention_alarms: { key: string; body: string };
  attention_incidents: { id: string; body: string };
  /** What is to be sent, and what became of it. */
  attention_deliveries: {
    id: string;
    channel_id: string;
    channel: string;
    incident_id: string;
    notification: string;
    state: string;
    attempts: number;
    created_at: number;
    next_at: number | null;
    last_at: number | null;
    answer: string | null;
    fault: string | null;
    digest: string | null;
  };
};

export const alertMigration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('attention_rules')
      .addColumn('id', bytewiseText(db), (column) => column.primaryKey())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('attention_channels')
      .addColumn('id', bytewiseText(db), (column) => column.primaryKey())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('attention_quiets')
      .addColumn('id', bytewiseText(db), (column) => column.primaryKey())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('ends_at', 'bigint')
      .execute();
    await addState(db);
    await addDeliveries(db);
  },
};

async function addState(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('attention_head')
    .addColumn('only', 'integer', (column) => column.primaryKey())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .execute();
  await (db as Kysely<AlertTables>).insertInto('attention_head').values({ only: 1, version: 0 }).execute();
  for (const [table, key] of [
    ['attention_alarms', 'key'],
    ['attention_incidents', 'id'],
  ] as const) {
    await db.schema
      .createTable(table)
      .addColumn(key, bytewiseText(db), (column) => column.primaryKey())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
  }
}

async function addDeliveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('attention_deliveries')
    .addColumn('id', bytewiseText(db), (column) => column.primaryKey())
    .addColumn('channel_id', bytewiseText(db), (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('incident_id', bytewiseText(db), (column) => column.notNull())
    .addColumn('notification', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('next_at', 'bigint')
    .addColumn('last_at', 'bigint')
    .addColumn('answer', 'text')
    .execute();
  await db.schema
    .createIndex('attention_deliveries_by_state')
    .on('attention_deliveries')
    .columns(['state', 'channel_id', 'created_at'])
    .execute();
  await db.schema
    .createIndex('attention_deliveries_by_time')
    .on('attention_deliveries')
    .columns(['created_at', 'id'])
    .execute();
  await db.schema
    .createIndex('attention_deliveries_by_incident')
    .on('attention_deliveries')
    .columns(['incident_id', 'channel_id'])
    .execute();
}
