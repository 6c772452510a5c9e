import { randomUUID } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { Device } from '#lib/domain/devices/device.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Reading, ReadingSource } from '#lib/domain/devices/reading.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';
import type { Vault } from '#lib/store/sealing/vault.ts';
import { write } from '#lib/store/write.ts';
import { keyOfReading, observe, placeOfReading } from './observe.ts';

/** Which readings count. Without `operatorUnionId`, those in anybody's name. */
export type ReadingFilter = {
  operatorUnionId?: string;
  /** Readings from after this moment count only when there are no others: the clock was set back since. */
  now: number;
};

/** Readings and refusals. Times are milliseconds since the epoch; promises settle when durable. */
export type ReadingStore = {
  /**
   * Keeps a reading for good, with the name it was asked by, and brings the inventory up to date in the same breath:
   * device, controllers, identifiers, changes, status span, next look, feed. Readings may arrive in any order; one that is older
   * than what the inventory knows is kept and changes nothing else. A device that was gone is back.
   */
  recordReading(ref: DeviceRef, reading: Reading): Promise<void>;
  /**
   * The newest reading of a device. A union id means the device that it was last asked for, else the only one that
   * bears it: DingTalk gives a device and its panel the same one, and a guess would show the wrong device.
   */
  latestReading(ref: DeviceRef, filter: ReadingFilter): Promise<Reading | null>;
  /** The CorpIds that the newest readings of listed devices name, of so many devices at most; those without one left out. */
  deviceOrganisations(devices: number): Promise<string[]>;
  /** Remembers that DingTalk refused this device to this operator. */
  recordRefusal(ref: DeviceRef, operatorUnionId: string, refusedAt: number): Promise<void>;
  /** When DingTalk last refused this device, under any of its names, to this operator; null when it never did. */
  lastRefusal(refs: DeviceRef[], operatorUnionId: string): Promise<number | null>;
  /** Remembers for an hour that DingTalk knew no such device when this operator asked. */
  recordAbsence(ref: DeviceRef, operatorUnionId: string, at: number): Promise<void>;
  /** When DingTalk last answered this operator under exactly this name that there is no such device, or refused it. */
  negativeAnswers(
    ref: DeviceRef,
    operatorUnionId: string,
  ): Promise<{ absentAt: number | null; refusedAt: number | null }>;
};

type Db = Kysely<Tables>;

/** Stands for a raw response that was sealed with an AUTH_SECRET that is not known any more. */
const NOT_OPENED = { 'rooms-desk': 'sealed with another AUTH_SECRET' };

/** Readings and refusals on any engine. */
export function readingStore(engine: Engine): ReadingStore {
  const { db, memory } = engine;
  return {
    recordReading: (ref, reading) => recordReading(engine, ref, reading),
    latestReading: (ref, filter) => latestReading(engine, ref, filter),
    deviceOrganisations: (devices) => deviceOrganisations(db, devices),
    recordRefusal: (ref, operator, at) =>
      write(engine, ({ trx }) => recordRefusal(trx, ref, plainColumn(operator), at)),
    lastRefusal: (refs, operator) =>
      memory.recall(JSON.stringify(['refusal', operator, refs]), () =>
        lastRefusal(db, refs, plainColumn(operator)),
      ),
    recordAbsence: (ref, operator, at) =>
      write(engine, ({ trx }) => recordAbsence(trx, ref, plainColumn(operator), at)),
    async negativeAnswers(ref, operator) {
      const [absentAt, refusedAt] = await Promise.all([
        lastAbsence(db, ref, plainColumn(operator)),
        lastRefusal(db, [ref], plainColumn(operator)),
      ]);
      return { absentAt, refusedAt };
    },
  };
}

function recordReading(engine: Engine, ref: DeviceRef, reading: Reading): Promise<void> {
  return write(engine, async (writing) => {
    const { trx, vault, announce } = writing;
    const { device } = reading;
    const id = randomUUID();
    await trx
      .insertInto('readings')
      .values({
        id,
        device_key: keyOfReading(ref, device),
        union_id: plainColumn(device.unionId),
        asked_union_id: ref.by === 'unionId' ? plainColumn(ref.id) : null,
        observed_at: reading.observedAt,
        source: reading.source,
        operator_union_id: plainColumn(reading.operatorUnionId),
        device: vault.json(device, placeOfReading(id)),
        raw: vault.whole(JSON.stringify(reading.raw), placeOfReading(id)),
      })
      .execute();
    for (const key of await observe(writing, id, ref, reading)) {
      announce({ at: reading.observedAt, kind: 'device', key });
    }
  });
}

async function latestReading(
  { db, memory, vault }: Engine,
  ref: DeviceRef,
  { operatorUnionId, now }: ReadingFilter,
): Promise<Reading | null> {
  const newest = (before?: number) => newestReading(db, vault, ref, operatorUnionId, before);
  const latest = await memory.recall(JSON.stringify(['newest', ref.by, ref.id, operatorUnionId]), newest);
  return latest === null || latest.observedAt <= now ? latest : ((await newest(now)) ?? latest);
}

async function deviceOrganisations(db: Db, devices: number): Promise<string[]> {
  const rows = await db
    .selectFrom('devices')
    .innerJoin('readings', 'readings.id', 'devices.reading_id')
    .select('readings.device')
    .where('devices.removed_at', 'is', null)
    .limit(devices)
    .execute();
  return rows.flatMap(({ device }) => (JSON.parse(device) as Device).corpId ?? []);
}

async function newestReading(
  db: Db,
  vault: Vault,
  ref: DeviceRef,
  operatorUnionId?: string,
  before?: number,
) {
  const key = ref.by === 'deviceId' ? plainColumn(ref.id) : await keyOfUnion(db, ref.id);
  if (key === null) return null;
  let query = db.selectFrom('readings').selectAll().where('device_key', '=', key);
  if (operatorUnionId !== undefined) {
    query = query.where('operator_union_id', '=', plainColumn(operatorUnionId));
  }
  if (before !== undefined) query = query.where('observed_at', '<=', before);
  const row = await query.orderBy('observed_at', 'desc').limit(1).executeTakeFirst();
  return row ? toReading(vault, row) : null;
}

/** The key of the device that was last asked for by this union id, else of the only one whose readings bear it. */
export async function keyOfUnion(db: Db, unionId: string): Promise<string | null> {
  const name = plainColumn(unionId);
  const asked = await db
    .selectFrom('readings')
    .select('device_key')
    .where('asked_union_id', '=', name)
    .orderBy('observed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (asked) return asked.device_key;
  // The first and the last key at the ends of an index, rather than every reading that bears it.
  const end = (order: 'asc' | 'desc') =>
    db
      .selectFrom('readings')
      .select('device_key')
      .where('union_id', '=', name)
      .orderBy('device_key', order)
      .limit(1)
      .executeTakeFirst();
  const [first, last] = [await end('asc'), await end('desc')];
  return first && first.device_key === last?.device_key ? first.device_key : null;
}

async function recordRefusal(db: Db, ref: DeviceRef, operator: string, at: number): Promise<void> {
  await db
    .insertInto('refusals')
    .values({ operator_union_id: operator, named_by: ref.by, named: plainColumn(ref.id), refused_at: at })
    .onConflict((conflict) =>
      conflict
        .columns(['operator_union_id', 'named_by', 'named'])
        .doUpdateSet({ refused_at: (each) => each.ref('excluded.refused_at') })
        // Old news never overwrites new.
        .whereRef('excluded.refused_at', '>', 'refusals.refused_at'),
    )
    .execute();
}

/** Nothing asks for an older absence than that, and made-up IDs must not fill the table. */
const ABSENCE_KEPT_MS = 60 * 60 * 1000;

async function recordAbsence(db: Db, ref: DeviceRef, operator: string, at: number): Promise<void> {
  await db
    .deleteFrom('absent_devices')
    .where('at', '<', at - ABSENCE_KEPT_MS)
    .execute();
  await db
    .insertInto('absent_devices')
    .values({ operator_union_id: operator, named_by: ref.by, named: plainColumn(ref.id), at })
    .onConflict((conflict) =>
      conflict.columns(['operator_union_id', 'named_by', 'named']).doUpdateSet({ at }),
    )
    .execute();
}

async function lastAbsence(db: Db, ref: DeviceRef, operator: string): Promise<number | null> {
  const row = await db
    .selectFrom('absent_devices')
    .select('at')
    .where('operator_union_id', '=', operator)
    .where('named_by', '=', ref.by)
    .where('named', '=', plainColumn(ref.id))
    .executeTakeFirst();
  return row?.at ?? null;
}

async function lastRefusal(db: Db, refs: DeviceRef[], operator: string): Promise<number | null> {
  const row = await db
    .selectFrom('refusals')
    .select((each) => each.fn.max('refused_at').as('refused_at'))
    .where('operator_union_id', '=', operator)
    .where((each) =>
      each.or(
        refs.map((ref) => each.and([each('named_by', '=', ref.by), each('named', '=', plainColumn(ref.id))])),
      ),
    )
    .executeTakeFirst();
  return row?.refused_at ?? null;
}

// Rows were written by this room alone and from checked values, so their JSON is trusted here.
function toReading(vault: Vault, row: Selectable<Tables['readings']>): Reading {
  const place = placeOfReading(row.id);
  return {
    device: vault.value(row.device, place) as Device,
    observedAt: row.observed_at,
    source: row.source as ReadingSource,
    operatorUnionId: row.operator_union_id,
    // Few ask for it, and it takes longer to open than all the rest.
    get raw() {
      const text = vault.opened(row.raw, place);
      return text === null ? NOT_OPENED : (JSON.parse(text) as Record<string, unknown>);
    },
  };
}
