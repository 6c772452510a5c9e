import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { ONE_DEVICES_ALONE } from '#lib/domain/search/identifier-kind.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import type { EventStore } from '#lib/store/events/event-store.ts';
import { newestChanges } from '#lib/store/history/history-rows.ts';
import { firstVersionsAround } from '#lib/store/issues/sql-issues.ts';
import type { InventoryStore } from './inventory-store.ts';
import type { Around, AroundStore } from './surroundings-store.ts';

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
