import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { EVERY_DEVICE } from '#lib/domain/inventory/fleet-filter.ts';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, instanceBeside, type TestEngine } from '#lib/testing/databases/engines.ts';
import { room } from '#lib/testing/fleet.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { controller, reading } from '#lib/testing/reading.ts';
import { createInventory, type InventoryView } from './inventory.ts';

/** Readings of these tests are milliseconds old. */
const UNVOUCHED = { now: () => 100, since: async () => null };

const RUN = 'run';
const start = (store: Store) => store.startDiscovery({ id: RUN, depth: 'full', startedBy: null, at: 1 });

/** All content of a view, in an order of its own. */
function contents({ fleet, rooms, groups }: InventoryView) {
  const devices: unknown[] = [];
  fleet.forEach((each) => void devices.push(each));
  const known: unknown[] = [];
  rooms.forEach((each) => void known.push(each));
  const inOrder = (list: unknown[]) =>
    list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const everything = { facets: EVERY_DEVICE.facets, room: null, words: [], keys: new Set<string>() };
  const { total, facets } = fleet.match(everything);
  return {
    devices: inOrder(devices),
    rooms: inOrder(known),
    groups: inOrder(groups.all),
    counts: [fleet.known, fleet.withoutRoom, rooms.known, total, facets],
    inOrder: fleet.page('name', null, 1_000, () => true).rows.map(({ device }) => device.key),
    worst: fleet.page('-status', null, 1_000, () => true).rows.map(({ device }) => device.key),
  };
}

const some = <T>(...values: T[]) => fc.constantFrom<T | null>(null, ...values);
const union = fc.constantFrom('u1', 'u2', 'u3', 'u4');
const at = fc.integer({ min: 1, max: 50 });
const ref: fc.Arbitrary<DeviceRef> = fc.oneof(
  fc.record({ by: fc.constant('deviceId' as const), id: fc.constantFrom('1', '2') }),
  fc.record({ by: fc.constant('unionId' as const), id: union }),
);
const said = fc.record({
  deviceId: some('1', '2', '3'),
  unionId: some('u1', 'u2', 'u3'),
  name: some('A', 'B'),
  model: some('M'),
  room: some({ id: 'r1', name: 'Old name' }, { id: 'r2', name: null }, { id: 'r9', name: 'Unlisted' }),
  status: fc.constantFrom({ state: 'idle', raw: 'idle' } as const, { state: 'offline', raw: 'x' } as const),
  controllers: fc.subarray([controller({ unionId: 'u4' })]),
});
const described = fc.record({
  id: fc.constantFrom('r1', 'r2'),
  name: some('East', 'West'),
  groupId: some('g1', 'g2', 'g3'),
  deviceUnionIds: fc.subarray(['u1', 'u2', 'u3', 'u4']),
});
const groups = fc.uniqueArray(
  fc.record({ id: fc.constantFrom('g1', 'g2'), name: some('G'), parentId: some('g1', 'g2') }),
  { selector: ({ id }) => id },
);

/** `now` moves it to another moment. */
type Write = (store: Store, now?: number) => Promise<unknown>;
const write: fc.Arbitrary<Write> = fc.oneof(
  fc.tuple(ref, said, at).map(
    ([by, device, observedAt]): Write =>
      (store, now = observedAt) =>
        store.recordReading(by, reading({ observedAt: now, device: { ...device } })),
  ),
  fc.tuple(described, at).map(
    ([each, moment]): Write =>
      (store, now = moment) =>
        store.recordRoomDetail(RUN, room(each), now),
  ),
  groups.map(
    (each): Write =>
      (store, now = 1) =>
        store.recordRoomGroups(RUN, each, now),
  ),
  fc.tuple(ref, at).map(
    ([by, moment]): Write =>
      (store, now = moment) =>
        store.markDeviceRemoved(by, now),
  ),
  at.map(
    (moment): Write =>
      (store, now = moment) =>
        store.markRoomRemoved(RUN, 'r1', now),
  ),
  at.map(
    (moment): Write =>
      (store) =>
        store.planCheck('1', { at: moment, reason: 'watched' }),
  ),
);

describe.each(ENGINES)('the inventory on $engine', ({ engine: name, start: startEngine }) => {
  let engine: TestEngine;
  let store: Store;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
    await start(store);
  });

  const numRuns = name === 'SQLite' ? fuzzRuns(25, 2_000) : fuzzRuns(5, 500);

  test('equals after any writes what a full reload returns', async () => {
    const batches = fc.array(fc.array(write, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc
        .asyncProperty(batches, async (list) => {
          const followed = createInventory(store, UNVOUCHED);
          await followed.current();
          for (const batch of list) {
            for (const each of batch) await each(store);
            const [view, anew] = [
              await followed.current(),
              await createInventory(store, UNVOUCHED).current(),
            ];
            expect(contents(view)).toEqual(contents(anew));
          }
        })
        .beforeEach(async () => {
          await engine.fresh();
          store = await engine.open();
          await start(store);
        }),
      { numRuns },
    );
  });

  /** Everything except planned checks and the weekly time of a room's last update. */
  const asShown = (view: InventoryView) => {
    const shown = contents(view);
    const text = JSON.stringify({ ...shown, worst: null });
    const left: string[] = ['nextCheck', 'detailAt', 'observedAt'];
    return JSON.parse(text, (key, value) => (left.includes(key) ? null : value));
  };

  test('reproduces what it showed at any moment', async () => {
    const writes = fc.array(write, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc
        .asyncProperty(writes, async (list) => {
          const followed = createInventory(store, UNVOUCHED);
          const shown: unknown[] = [];
          for (const [index, each] of list.entries()) {
            await each(store, 10 * (index + 1));
            shown.push(asShown(await followed.current()));
          }
          const past = createInventory(store, UNVOUCHED);
          for (const [index, was] of shown.entries()) {
            expect(asShown(await past.at(10 * (index + 1) + 9))).toEqual(was);
          }
        })
        .beforeEach(async () => {
          await engine.fresh();
          store = await engine.open();
          await start(store);
        }),
      { numRuns },
    );
  });

  test('forgets that a device was only known from its room once it is read', async () => {
    const inventory = createInventory(store, UNVOUCHED);
    await store.recordRoomDetail(RUN, room({ id: 'r1', deviceUnionIds: ['lmvU', 'panel'] }), 10);
    const before = await inventory.current();
    expect([...before.fleet.inRoom('r1')].toSorted()).toEqual(['union lmvU', 'union panel']);
    const device = { room: { id: 'r1', name: null }, controllers: [controller({ unionId: 'panel' })] };
    await store.recordReading({ by: 'unionId', id: 'lmvU' }, reading({ observedAt: 20, device }));
    const { fleet, rooms } = await inventory.current();
    expect([...fleet.inRoom('r1')]).toEqual(['1234']);
    expect(fleet.get('union lmvU')).toBeUndefined();
    expect(fleet.known).toBe(1);
    expect(rooms.get('r1')?.deviceKeys).toEqual(['1234']);
  });

  test('keeps the order of the devices of a room while they are read', async () => {
    const inventory = createInventory(store, UNVOUCHED);
    const recordReading = (id: string, observedAt: number) => {
      const device = { deviceId: id, unionId: null, name: `Screen ${id}`, room: { id: 'r1', name: null } };
      return store.recordReading({ by: 'deviceId', id }, reading({ observedAt, device }));
    };
    await store.recordRoomDetail(RUN, room({ id: 'r1' }), 10);
    for (const id of ['2', '10', '1']) await recordReading(id, 20);
    await inventory.current();
    await recordReading('1', 30);
    expect((await inventory.current()).rooms.get('r1')?.deviceKeys).toEqual(['1', '2', '10']);
  });

  test('contains whatever was durable when it was requested, and is updated by one caller at a time', async () => {
    let [busy, most] = [0, 0];
    const counted =
      <A extends unknown[], T>(ask: (...given: A) => Promise<T>) =>
      async (...given: A) => {
        busy += 1;
        most = Math.max(most, busy);
        return ask(...given).finally(() => {
          busy -= 1;
        });
      };
    const counting = {
      ...store,
      feedHead: counted(store.feedHead),
      feedAfter: counted(store.feedAfter),
      devicesByKeys: counted(store.devicesByKeys),
      devicesAfter: counted(store.devicesAfter),
    };
    const inventory = createInventory(counting, UNVOUCHED);
    const beside = await instanceBeside(engine, store);
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const device = { deviceId: `${index}`, unionId: null };
        const writer = index % 2 ? beside : store;
        await writer.recordReading({ by: 'deviceId', id: `${index}` }, reading({ observedAt: 10, device }));
        const asked = await Promise.all([inventory.current(), inventory.current()]);
        for (const view of asked) expect(view.fleet.get(`${index}`)).toBeDefined();
      }),
    );
    expect(most).toBe(1);
  });

  test('recovers after one failure of the store', async () => {
    let failing = true;
    const feedHead = () => (failing ? Promise.reject(new Error('down')) : store.feedHead());
    const inventory = createInventory({ ...store, feedHead }, UNVOUCHED);
    const asked = await Promise.allSettled([inventory.current(), inventory.current(), inventory.current()]);
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    failing = false;
    expect((await inventory.current()).fleet.known).toBe(0);
  });

  test('reloads when the feed is incomplete', async () => {
    const inventory = createInventory({ ...store, feedAfter: async () => null }, UNVOUCHED);
    await inventory.current();
    await store.recordReading({ by: 'deviceId', id: '1234' }, reading());
    await store.recordRoomGroups(RUN, [{ id: 'g', name: null, parentId: null }], 1);
    const view = await inventory.current();
    expect(view.fleet.get('1234')).toBeDefined();
    expect(view.groups.get('g')).toBeDefined();
  });
});
