import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StatusState } from '#lib/domain/devices/device-status.ts';
import type { EventNews } from '#lib/domain/events/device-event.ts';
import { EVERY_DEVICE } from '#lib/domain/inventory/fleet-filter.ts';
import { createVouching } from '#lib/services/devices/vouched-since.ts';
import type { Store } from '#lib/store/store.ts';
import { movingClock } from '#lib/testing/clocks/moving-clock.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { room } from '#lib/testing/fleet.ts';
import { reading } from '#lib/testing/reading.ts';
import { createInventory, type InventoryView } from './inventory.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

describe.each(ENGINES)('statuses as time passes, on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  let clock: ReturnType<typeof movingClock>;
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
    clock = movingClock();
  });

  const inventoryWith = (transport: 'off' | 'stream') =>
    createInventory(store, createVouching({ store, clock, events: { transport, monthly: 3_000 } }));
  const read = (deviceId: string, state: StatusState) =>
    store.recordReading(
      { by: 'deviceId', id: deviceId },
      reading({
        observedAt: clock.now(),
        device: { deviceId, unionId: null, status: { state, raw: state }, room: { id: 'r', name: null } },
      }),
    );
  const found = async () => {
    const at = clock.now();
    const { run } = await store.startDiscovery({ id: 'run', depth: 'full', startedBy: null, at });
    await store.recordRoomDetail(run.id, room({ id: 'r' }), at);
    await read('1', 'offline');
    await read('2', 'idle');
  };
  const tell = (deviceId: string, state: StatusState) =>
    store.recordEvent(
      { eventId: `event ${deviceId} ${state}`, type: 'a_type', bornAt: clock.now(), body: {} },
      {
        kind: 'properties',
        device: { deviceId, unionId: null },
        at: clock.now(),
        overrides: [{ field: 'status', value: { state, raw: state } }],
        notUnderstood: [],
      } as EventNews,
      { transport: 'stream', at: clock.now() },
    );
  /** The stream is open for so long, and writes so down as it does. */
  const listen = async (ms: number) => {
    for (let passed = 0; passed <= ms; passed += MINUTE) {
      await store.keepWatch('stream', clock.now(), 2 * MINUTE);
      if (passed < ms) clock.pass(MINUTE);
    }
  };
  const countsIn = ({ fleet, rooms }: InventoryView) => {
    const everything = { facets: EVERY_DEVICE.facets, room: null, words: [], keys: new Set<string>() };
    const { facets } = fleet.match(everything);
    const counts = Object.fromEntries(facets.status.map(({ value, count }) => [value, count]));
    expect(rooms.get('r')?.states).toEqual(counts);
    return { ...counts, worst: rooms.get('r')?.state };
  };

  test('are last known when they are too old, each at its time, and count so in lists and rooms', async () => {
    await found();
    const inventory = inventoryWith('off');
    expect(countsIn(await inventory.current())).toEqual({ offline: 1, idle: 1, worst: 'offline' });
    clock.pass(3 * HOUR - MINUTE);
    expect(countsIn(await inventory.current())).toEqual({ offline: 1, idle: 1, worst: 'offline' });
    clock.pass(MINUTE);
    expect(countsIn(await inventory.current())).toEqual({ 'last-known': 1, idle: 1, worst: 'idle' });
    clock.pass(21 * HOUR);
    expect(countsIn(await inventory.current())).toEqual({ 'last-known': 2, worst: 'last-known' });
    await read('1', 'offline');
    expect(countsIn(await inventory.current())).toEqual({ offline: 1, 'last-known': 1, worst: 'offline' });
  });

  test('hold while the stream is open, and not after it broke, whether they are followed or read anew', async () => {
    await found();
    await listen(0);
    await tell('1', 'offline');
    const inventory = inventoryWith('stream');
    await listen(5 * HOUR);
    const open = { offline: 1, idle: 1, worst: 'offline' };
    expect(countsIn(await inventory.current())).toEqual(open);
    expect(countsIn(await inventoryWith('stream').current())).toEqual(open);
    expect(countsIn(await inventoryWith('off').current()), 'events were turned off').toMatchObject({
      'last-known': 1,
    });
    const opened = clock.now();
    clock.pass(10 * MINUTE);
    const broken = { 'last-known': 1, idle: 1, worst: 'idle' };
    expect(countsIn(await inventory.current())).toEqual(broken);
    await listen(10 * MINUTE);
    expect(countsIn(await inventory.current()), 'nobody knows of the time in between').toEqual(broken);
    expect(countsIn(await inventory.at(opened)), 'as it was then').toEqual(open);
    expect(countsIn(await inventory.at(opened + 5 * MINUTE))).toEqual(broken);
  });
});
