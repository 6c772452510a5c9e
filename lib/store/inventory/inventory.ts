import type { Kysely } from 'kysely';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Change } from '#lib/domain/history/change.ts';
import type { CheckReason, FleetDevice } from '#lib/domain/inventory/fleet.ts';
import type { KnownRoom, RoomGroup } from '#lib/domain/rooms/room.ts';
import type { IdentifierKind } from '#lib/domain/search/identifier-kind.ts';
import {
  findIdentifiers,
  findIdentifiersByPrefix,
  findShared,
  type IdentifierHit,
  type IdentifierQuestion,
  type SharedIdentifier,
} from '#lib/store/devices/find-identifiers.ts';
import { placeholderKey } from '#lib/store/devices/placeholders.ts';
import { keyOfUnion } from '#lib/store/devices/readings.ts';
import { checkQueue, dueChecks, upcomingChecks } from '#lib/store/discovery/polling-rows.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import { changesBetween } from '#lib/store/history/history-rows.ts';
import { addMark } from '#lib/store/history/status-marks.ts';
import { toRoom } from '#lib/store/rooms/room-rows.ts';
import type { Tables } from '#lib/store/schema.ts';
import { write } from '#lib/store/write.ts';
import { withControllers } from './fleet-rows.ts';

/** What the desk knows of rooms and devices. Times are milliseconds since the epoch; promises settle when durable. */
export type InventoryStore = {
  /** Devices in the order of their keys, those after `after`, at most `limit`: for reading the inventory whole. */
  devicesAfter(after: string | null, limit: number): Promise<FleetDevice[]>;
  /** The devices of these keys that exist, in no order. Any number of keys. */
  devicesByKeys(keys: string[]): Promise<FleetDevice[]>;
  /** The key a device goes by, or null when it is not known; a union id as in `latestReading`, or one found in a room. */
  keyOf(ref: DeviceRef): Promise<string | null>;
  roomsAfter(after: string | null, limit: number): Promise<KnownRoom[]>;
  roomsByIds(ids: string[]): Promise<KnownRoom[]>;
  /** The whole tree, parents before or after children, without what is gone. */
  roomGroups(): Promise<RoomGroup[]>;
  /** Devices and panels that bear one of these values exactly. */
  findIdentifiers(question: IdentifierQuestion): Promise<IdentifierHit[]>;
  /** As findIdentifiers, but every identifier that begins with `prefix`, in alphabetical order. */
  findIdentifiersByPrefix(kinds: IdentifierKind[], prefix: string, limit: number): Promise<IdentifierHit[]>;
  /** Identifiers of a device's own that others bear themselves too, in an order that stays; gone devices bear none. */
  sharedIdentifiers(deviceKey: string, kinds: IdentifierKind[], limit: number): Promise<SharedIdentifier[]>;
  /** Marks a device that DingTalk no longer knows, unless a reading is newer. Unknown devices are none of its business. */
  markDeviceRemoved(ref: DeviceRef, at: number): Promise<void>;
  /** Sets when the desk means to look at a device next. */
  planCheck(deviceKey: string, check: { at: number; reason: CheckReason } | null): Promise<void>;
  /**
   * Devices whose look is due at `now`, gone ones excluded; first those that have waited longest in proportion to how
   * soon looks of their reason are meant to be.
   */
  dueChecks(now: number, limit: number): Promise<FleetDevice[]>;
  /** Devices whose look is due after `now`, soonest first, gone ones excluded. */
  upcomingChecks(now: number, limit: number): Promise<FleetDevice[]>;
  /** How many looks are due at `now`, gone ones excluded, and when the next one after that is. */
  checkQueue(now: number): Promise<{ due: number; nextAt: number | null }>;
  /** The newest changes of a device, newest first. */
  changes(deviceKey: string, limit: number): Promise<Change[]>;
};

type Db = Kysely<Tables>;

const EVER = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const;

/** The inventory on any engine. */
export function inventoryStore(engine: Engine): InventoryStore {
  const { db } = engine;
  return {
    devicesAfter: (after, limit) => devicesAfter(db, after, limit),
    devicesByKeys: (keys) => devicesByKeys(db, keys),
    keyOf: (ref) => keyOf(db, ref),
    roomsAfter: (after, limit) => roomsAfter(db, after, limit),
    roomsByIds: (ids) => roomsByIds(db, ids),
    roomGroups: async () =>
      (await db.selectFrom('room_groups').selectAll().execute()).map((row) => ({
        id: row.id,
        name: row.name,
        parentId: row.parent_id,
      })),
    findIdentifiers: (question) => findIdentifiers(engine, question),
    findIdentifiersByPrefix: (kinds, prefix, limit) => findIdentifiersByPrefix(db, kinds, prefix, limit),
    sharedIdentifiers: (deviceKey, kinds, limit) => findShared(db, deviceKey, kinds, limit),
    markDeviceRemoved: (ref, at) => markDeviceRemoved(engine, ref, at),
    planCheck: (deviceKey, check) => planCheck(engine, deviceKey, check),
    dueChecks: (now, limit) => dueChecks(db, now, limit),
    upcomingChecks: (now, limit) => upcomingChecks(db, now, limit),
    checkQueue: (now) => checkQueue(db, now),
    changes: (deviceKey, limit) => changesBetween(engine, plainColumn(deviceKey), ...EVER, limit),
  };
}

async function devicesAfter(db: Db, after: string | null, limit: number): Promise<FleetDevice[]> {
  let query = db.selectFrom('devices').selectAll().orderBy('key').limit(limit);
  if (after !== null) query = query.where('key', '>', plainColumn(after));
  return withControllers(db, await query.execute());
}

async function devicesByKeys(db: Db, keys: string[]): Promise<FleetDevice[]> {
  const found: FleetDevice[] = [];
  for (const some of chunks([...new Set(keys.map(plainColumn))])) {
    const rows = await db.selectFrom('devices').selectAll().where('key', 'in', some).execute();
    found.push(...(await withControllers(db, rows)));
  }
  return found;
}

async function keyOf(db: Db, ref: DeviceRef): Promise<string | null> {
  const key = ref.by === 'deviceId' ? plainColumn(ref.id) : await keyOfUnion(db, ref.id);
  const row = await db
    .selectFrom('devices')
    .select('key')
    .where('key', '=', key ?? placeholderKey(ref.id))
    .executeTakeFirst();
  return row?.key ?? null;
}

async function roomsAfter(db: Db, after: string | null, limit: number): Promise<KnownRoom[]> {
  let query = db.selectFrom('rooms').selectAll().orderBy('id').limit(limit);
  if (after !== null) query = query.where('id', '>', plainColumn(after));
  return (await query.execute()).map(toRoom);
}

async function roomsByIds(db: Db, ids: string[]): Promise<KnownRoom[]> {
  const found: KnownRoom[] = [];
  for (const some of chunks([...new Set(ids.map(plainColumn))])) {
    found.push(...(await db.selectFrom('rooms').selectAll().where('id', 'in', some).execute()).map(toRoom));
  }
  return found;
}

function markDeviceRemoved(engine: Engine, ref: DeviceRef, at: number): Promise<void> {
  return write(engine, async ({ trx, announce }) => {
    const key = await keyOf(trx, ref);
    if (key === null) return;
    await addMark(trx, key, { at, state: 'removed', source: 'sweep' });
    const { numUpdatedRows } = await trx
      .updateTable('devices')
      .set({ removed_at: at })
      .where('key', '=', key)
      .where('removed_at', 'is', null)
      .where((each) => each.or([each('observed_at', 'is', null), each('observed_at', '<=', at)]))
      .where((each) => each.or([each('event_at', 'is', null), each('event_at', '<=', at)]))
      .executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) announce({ at, kind: 'device', key });
  });
}

function planCheck(engine: Engine, deviceKey: string, check: { at: number; reason: CheckReason } | null) {
  return write(engine, async ({ trx, announce }) => {
    const key = plainColumn(deviceKey);
    const row = await trx
      .updateTable('devices')
      .set({ next_check_at: check?.at ?? null, next_check_reason: check?.reason ?? null })
      .where('key', '=', key)
      .returning(engine.nowMs.as('now'))
      .executeTakeFirst();
    if (row) announce({ at: row.now, kind: 'device', key });
  });
}
