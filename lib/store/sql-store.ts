import { randomUUID } from 'node:crypto';
import { type Dialect, Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Device } from '#lib/domain/device.ts';
import type { DeviceRef } from '#lib/domain/device-ref.ts';
import type { Reading, ReadingSource } from '#lib/domain/reading.ts';
import { migrations, type Tables } from './schema.ts';
import type { Store } from './store.ts';

/** The store on any engine Kysely speaks: the queries are written once, the dialect is handed in. */
export async function createSqlStore(dialect: Dialect): Promise<Store> {
  const db = new Kysely<Tables>({ dialect });
  await migrate(db);
  return {
    recordReading: (ref, reading) => recordReading(db, ref, reading),
    latestReading: (ref, filter = {}) => latestReading(db, ref, filter),
    recentReadings: (limit) => recentReadings(db, limit),
    recordRefusal: (ref, operator, at) => recordRefusal(db, ref, operator, at),
    lastRefusal: (refs, operator) => lastRefusal(db, refs, operator),
    ping: async () => void (await sql`select 1`.execute(db)),
    close: () => db.destroy(),
  };
}

async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new Error('The database could not be brought up to date.', { cause: error });
}

const column = (ref: DeviceRef) => (ref.by === 'deviceId' ? 'device_id' : 'union_id');

async function recordReading(db: Kysely<Tables>, ref: DeviceRef, reading: Reading): Promise<void> {
  const { device } = reading;
  await db
    .insertInto('readings')
    .values({
      id: randomUUID(),
      // The name it was asked by finds it again even when the answer left that name out.
      device_id: device.deviceId ?? (ref.by === 'deviceId' ? ref.id : null),
      union_id: device.unionId ?? (ref.by === 'unionId' ? ref.id : null),
      observed_at: reading.observedAt,
      source: reading.source,
      operator_union_id: reading.operatorUnionId,
      device: JSON.stringify(device),
      raw: JSON.stringify(reading.raw),
    })
    .execute();
}

async function latestReading(
  db: Kysely<Tables>,
  ref: DeviceRef,
  filter: { operatorUnionId?: string },
): Promise<Reading | null> {
  let query = db.selectFrom('readings').selectAll().where(column(ref), '=', ref.id);
  if (filter.operatorUnionId !== undefined) {
    query = query.where('operator_union_id', '=', filter.operatorUnionId);
  }
  const row = await query.orderBy('observed_at', 'desc').limit(1).executeTakeFirst();
  return row ? toReading(row) : null;
}

async function recentReadings(db: Kysely<Tables>, limit: number): Promise<Reading[]> {
  const newest = db
    .selectFrom('readings')
    .select(['device_id', (each) => each.fn.max('observed_at').as('observed_at')])
    .where('device_id', 'is not', null)
    .groupBy('device_id')
    .as('newest');
  const rows = await db
    .selectFrom('readings')
    .innerJoin(newest, (join) =>
      join
        .onRef('newest.device_id', '=', 'readings.device_id')
        .onRef('newest.observed_at', '=', 'readings.observed_at'),
    )
    .selectAll('readings')
    .orderBy('readings.observed_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toReading);
}

async function recordRefusal(db: Kysely<Tables>, ref: DeviceRef, operator: string, at: number) {
  await db
    .insertInto('refusals')
    .values({ operator_union_id: operator, named_by: ref.by, named: ref.id, refused_at: at })
    .onConflict((conflict) =>
      conflict
        .columns(['operator_union_id', 'named_by', 'named'])
        .doUpdateSet({ refused_at: (each) => each.ref('excluded.refused_at') })
        // Old news never overwrites new.
        .whereRef('excluded.refused_at', '>', 'refusals.refused_at'),
    )
    .execute();
}

async function lastRefusal(db: Kysely<Tables>, refs: DeviceRef[], operator: string): Promise<number | null> {
  const row = await db
    .selectFrom('refusals')
    .select((each) => each.fn.max('refused_at').as('refused_at'))
    .where('operator_union_id', '=', operator)
    .where((each) =>
      each.or(refs.map((ref) => each.and([each('named_by', '=', ref.by), each('named', '=', ref.id)]))),
    )
    .executeTakeFirst();
  return row?.refused_at == null ? null : Number(row.refused_at);
}

// Rows were written by this file alone and from checked values, so their JSON is trusted here.
function toReading(row: Tables['readings']): Reading {
  return {
    device: JSON.parse(row.device) as Device,
    observedAt: Number(row.observed_at),
    source: row.source as ReadingSource,
    operatorUnionId: row.operator_union_id,
    raw: JSON.parse(row.raw) as Record<string, unknown>,
  };
}
