import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Change } from '#lib/domain/history/change.ts';
import type { AlarmMark } from '#lib/domain/history/status-mark.ts';
import type { FleetDevice } from '#lib/domain/inventory/fleet.ts';
import type { KnownRoom } from '#lib/domain/rooms/room.ts';
import { type IdentifierKind, ONE_DEVICES_ALONE } from '#lib/domain/search/identifier-kind.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import type { EventStore } from '#lib/store/events/events.ts';
import { newestChanges } from '#lib/store/history/history-rows.ts';
import { type FirstVersion, firstVersionsAround } from '#lib/store/issues/issues.ts';
import type { InventoryStore } from './inventory.ts';

/** What stands around a device and says what may be wrong with it. */
export type Around = {
  /** What it goes by in the inventory; null when it is not known there. */
  key: string | null;
  /** The room that was asked about, gone ones too; null when it is not known. */
  room: KnownRoom | null;
  /** Identifiers that only one device can have and another bears as well. */
  shared: { kind: IdentifierKind; value: string | null; other: FleetDevice }[];
  /** The newest changes of the device other than of states, newest first. */
  changes: Change[];
  /** The newest changes of its own state, newest first. */
  states: Change[];
  /** When the versions of its model were first seen in this fleet. */
  versions: FirstVersion[];
  /** Everything that was said of its alarms. */
  alarms: AlarmMark[];
};

export type AroundStore = {
  /** All of it in one question, which is asked with every answer about a device. Nobody may change the answer. */
  aroundDevice(ref: DeviceRef, roomId: string | null): Promise<Around>;
};

/** What was changed so many changes ago was not lost lately. */
const NEWEST_CHANGES = 50;
/** Some say "unknown" for a serial: of each kind so many others are told of. */
const MOST_SHARING = 5;

type Parts = Pick<
  InventoryStore & EventStore,
  'keyOf' | 'roomsByIds' | 'sharedIdentifiers' | 'devicesByKeys' | 'alarmMarks'
>;

export const aroundStore = (engine: Engine, parts: Parts): AroundStore => ({
  aroundDevice: (ref, roomId) =>
    engine.memory.recall(`around ${ref.by} ${ref.id} ${roomId}`, () => around(engine, parts, ref, roomId)),
});

async function around(engine: Engine, store: Parts, ref: DeviceRef, roomId: string | null): Promise<Around> {
  const [key, [room = null]] = await Promise.all([
    store.keyOf(ref),
    roomId === null ? [] : store.roomsByIds([roomId]),
  ]);
  if (key === null) return { key, room, shared: [], changes: [], states: [], versions: [], alarms: [] };
  const [shared, changes, states, versions, alarms] = await Promise.all([
    sharing(store, key),
    newestChanges(engine, key, 'facts', NEWEST_CHANGES),
    newestChanges(engine, key, 'states', NEWEST_CHANGES),
    firstVersionsAround(engine.db, key),
    store.alarmMarks(key, 0, Number.MAX_SAFE_INTEGER),
  ]);
  return { key, room, shared, changes, states, versions, alarms };
}

async function sharing(store: Parts, key: string): Promise<Around['shared']> {
  const found = await store.sharedIdentifiers(
    key,
    ONE_DEVICES_ALONE,
    MOST_SHARING * ONE_DEVICES_ALONE.length,
  );
  if (found.length === 0) return [];
  const others = await store.devicesByKeys([...new Set(found.map(({ deviceKey }) => deviceKey))]);
  const byKey = new Map(others.map((each) => [each.key, each]));
  return found.flatMap(({ kind, value, deviceKey }) => {
    const other = byKey.get(deviceKey);
    return other ? [{ kind, value, other }] : [];
  });
}
