import { randomUUID } from 'node:crypto';
import { type Dialect, Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Device } from '#lib/domain/device.ts';
import type { DeviceRef } from '#lib/domain/device-ref.ts';
import type { Reading, ReadingSource } from '#lib/domain/reading.ts';
import { type Memory, noMemory } from './memory.ts';
import { migrations, type Tables } from './schema.ts';
import type { ReadingFilter, Store } from './store.ts';

type Db = Kysely<Tables>;

/** The store on any engine Kysely speaks: the queries are written once, the dialect is handed in. */
export async function createSqlStore(dialect: Dialect, memory: Memory = noMemory): Promise<Store> {
  const db: Db = new Kysely<Tables>({ dialect });
  await migrate(db);
  const writing = async (write: Promise<void>) => {
    memory.forget();
    await write.finally(memory.forget);
  };
  return {
    recordReading: (ref, reading) => writing(recordReading(db, ref, reading)),
    latestReading: (ref, filter) => latestReading(db, memory, ref, filter),
    recentReadings: (limit) => recentReadings(db, limit),
    recordRefusal: (ref, operator, at) => writing(recordRefusal(db, ref, operator, at)),
    lastRefusal: (refs, operator) =>
      memory.recall(JSON.stringify(['refusal', operator, refs]), () => lastRefusal(db, refs, operator)),
    ping: async () => void (await sql`select 1`.execute(db)),
    close: () => db.destroy(),
  };
}

async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new Error('The database could not be brought up to date.', { cause: error });
}

/** How many of the newest readings are searched for devices read last: enough for a short list, and bounded. */
const RECENT_WINDOW = 200;

async function recordReading(db: Db, ref: DeviceRef, reading: Reading): Promise<void> {
  const { device } = reading;
  await db
    .insertInto('readings')
    .values({
      id: randomUUID(),
      // The name it was asked by finds it again even when the answer left that name out.
      device_key: device.deviceId ?? (ref.by === 'deviceId' ? ref.id : unnamed(device.unionId ?? ref.id)),
      union_id: device.unionId,
      asked_union_id: ref.by === 'unionId' ? ref.id : null,
      observed_at: reading.observedAt,
      source: reading.source,
      operator_union_id: reading.operatorUnionId,
      device: JSON.stringify(device),
      raw: JSON.stringify(reading.raw),
    })
    .execute();
}

// A space is in no id, so this is nobody's device id.
const unnamed = (unionId: string) => `union ${unionId}`;

async function latestReading(
  db: Db,
  memory: Memory,
  ref: DeviceRef,
  { operatorUnionId, now }: ReadingFilter,
): Promise<Reading | null> {
  const newest = (before?: number) => newestReading(db, ref, operatorUnionId, before);
  const latest = await memory.recall(JSON.stringify(['newest', ref.by, ref.id, operatorUnionId]), newest);
  return latest === null || latest.observedAt <= now ? latest : ((await newest(now)) ?? latest);
}

async function newestReading(db: Db, ref: DeviceRef, operatorUnionId?: string, before?: number) {
  const key = ref.by === 'deviceId' ? ref.id : await keyOfUnion(db, ref.id);
  if (key === null) return null;
  let query = db.selectFrom('readings').selectAll().where('device_key', '=', key);
  if (operatorUnionId !== undefined) query = query.where('operator_union_id', '=', operatorUnionId);
  if (before !== undefined) query = query.where('observed_at', '<=', before);
  const row = await query.orderBy('observed_at', 'desc').limit(1).executeTakeFirst();
  return row ? toReading(row) : null;
}

async function keyOfUnion(db: Db, unionId: string): Promise<string | null> {
  const asked = await db
    .selectFrom('readings')
    .select('device_key')
    .where('asked_union_id', '=', unionId)
    .orderBy('observed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (asked) return asked.device_key;
  const bearers = await db
    .selectFrom('readings')
    .select('device_key')
    .distinct()
    .where('union_id', '=', unionId)
    .limit(2)
    .execute();
  return bearers.length === 1 ? (bearers[0]?.device_key ?? null) : null;
}

async function recentReadings(db: Db, limit: number): Promise<Reading[]> {
  const rows = await db
    .selectFrom('readings')
    .selectAll()
    .orderBy('observed_at', 'desc')
    .limit(RECENT_WINDOW)
    .execute();
  const newest = new Map<string, Tables['readings']>();
  for (const row of rows) if (!newest.has(row.device_key)) newest.set(row.device_key, row);
  return [...newest.values()].slice(0, limit).map(toReading);
}

async function recordRefusal(db: Db, ref: DeviceRef, operator: string, at: number) {
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

async function lastRefusal(db: Db, refs: DeviceRef[], operator: string): Promise<number | null> {
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
