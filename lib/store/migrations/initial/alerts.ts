import { type Kysely, sql } from 'kysely';
import { bytewiseText, notNull, primaryKey } from './columns.ts';

export async function createAlertTables(db: Kysely<unknown>): Promise<void> {
  await createAlertRules(db);
  await createNotificationChannels(db);
  await createSilences(db);
  await createAlertEvaluation(db);
  await createAlerts(db);
  await createIncidents(db);
  await createDeliveries(db);
}

async function createAlertRules(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alert_rules')
    .addColumn('id', bytewiseText(db), primaryKey)
    .addColumn('body', 'text', notNull)
    .addColumn('created_at', 'bigint', notNull)
    .execute();
}

async function createNotificationChannels(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notification_channels')
    .addColumn('id', bytewiseText(db), primaryKey)
    .addColumn('body', 'text', notNull)
    .addColumn('sealed', 'text', notNull)
    .addColumn('created_at', 'bigint', notNull)
    .execute();
}

async function createSilences(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('silences')
    .addColumn('id', bytewiseText(db), primaryKey)
    .addColumn('body', 'text', notNull)
    .addColumn('created_at', 'bigint', notNull)
    .addColumn('ends_at', 'bigint')
    .execute();
}

async function createAlertEvaluation(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alert_evaluation')
    .addColumn('id', 'integer', primaryKey)
    .addColumn('version', 'bigint', notNull)
    .execute();
  await sql`insert into alert_evaluation (id, version) values (1, 0)`.execute(db);
}

async function createAlerts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alerts')
    .addColumn('key', bytewiseText(db), primaryKey)
    .addColumn('body', 'text', notNull)
    .execute();
}

async function createIncidents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('incidents')
    .addColumn('id', bytewiseText(db), primaryKey)
    .addColumn('body', 'text', notNull)
    .execute();
}

async function createDeliveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .addColumn('id', bytewiseText(db), primaryKey)
    .addColumn('channel_id', bytewiseText(db), notNull)
    .addColumn('channel', 'text', notNull)
    .addColumn('incident_id', bytewiseText(db), notNull)
    .addColumn('notification', 'text', notNull)
    .addColumn('state', 'text', notNull)
    .addColumn('attempts', 'integer', notNull)
    .addColumn('created_at', 'bigint', notNull)
    .addColumn('next_at', 'bigint')
    .addColumn('last_at', 'bigint')
    .addColumn('answer', 'text')
    .addColumn('failure', 'text')
    .addColumn('digest', bytewiseText(db))
    .execute();
  await db.schema
    .createIndex('deliveries_by_attempt')
    .on('deliveries')
    .columns(['channel_id', 'last_at'])
    .execute();
  await db.schema
    .createIndex('deliveries_by_incident')
    .on('deliveries')
    .columns(['incident_id', 'channel_id'])
    .execute();
  await db.schema
    .createIndex('deliveries_by_state')
    .on('deliveries')
    .columns(['state', 'channel_id', 'created_at'])
    .execute();
  await db.schema.createIndex('deliveries_by_time').on('deliveries').columns(['created_at', 'id']).execute();
}
