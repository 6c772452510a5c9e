import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { monthOf } from '#lib/domain/budget/budget.ts';
import { REFUSALS_BEFORE_PAUSE } from '#lib/domain/discovery/job-pause.ts';
import { EVERY_DEVICE, EVERY_ROOM } from '#lib/domain/inventory/fleet-filter.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { lookUp } from '#lib/services/devices/look-up.ts';
import { listFleet } from '#lib/services/inventory/list-fleet.ts';
import { listRoomGroups } from '#lib/services/rooms/get-room.ts';
import { listRooms } from '#lib/services/rooms/list-rooms.ts';
import { type App, callerOf, explain, openApp, person } from '#lib/testing/app.ts';
import { hurriedClock } from '#lib/testing/clocks/hurried-clock.ts';
import { reading } from '#lib/testing/reading.ts';
import { discover as discoverWith } from './discover.ts';
import { createRound } from './polling-job.ts';
import { startDiscovery } from './start-discovery.ts';

const ALL = { cursor: null, limit: 200 };
const GROUPS = 'GET /v1.0/rooms/groupLists';
const LIST = 'GET /v1.0/rooms/meetingRoomLists';
const ROOM = 'GET /v1.0/rooms/meetingRooms/{roomId}';
const DEVICE = 'GET /v1.0/rooms/devices';
const admin = person('admin');
const never = new AbortController().signal;

type World = { counts: { rooms: number; devices: number; groups: number } };

const world = (rooms: number) => ['--rooms', String(rooms), '--qps', '0', '--monthly', '1000000'];
const SMALL = world(24);
/** DingTalk lists a hundred rooms a page. */
const TWO_PAGES = world(130);

let app: App;
const open = async (options: Parameters<typeof openApp>[0]) => {
  app = await openApp({ callsPerSecond: 2_000, ...options });
};

/** Runs discovery as far as it goes, without its pauses. */
const discover = (services: ServiceContext = app.services, signal = never) =>
  discoverWith({ ...services, clock: hurriedClock(services.clock, 20) }, signal);
const press = () => startDiscovery(app.services, callerOf(admin));
const latest = () => app.services.store.latestDiscovery();
const counted = () => Promise.all([GROUPS, LIST, ROOM, DEVICE].map((api) => app.simulator.counted(api)));
const known = async () => {
  const [groups, rooms, fleet] = await Promise.all([
    listRoomGroups(app.services),
    listRooms(app.services, callerOf(admin), { question: EVERY_ROOM, page: ALL }),
    listFleet(app.services, callerOf(admin), { question: EVERY_DEVICE, page: ALL }),
  ]);
  return { groups: groups.items.length, rooms: rooms.total, devices: fleet.total };
};

describe('discovery of a list of two pages', () => {
  beforeAll(() => open({ flags: TWO_PAGES }));
  afterAll(() => app.close());
  beforeEach(() => app.reset());

  test('finds every room, group and device, each with one call in the ledger', async () => {
    const { counts } = await app.simulator.control<World>('GET', '/world');
    await press();
    await discover();
    expect(await latest()).toMatchObject({
      state: 'done',
      pages: 2,
      rooms: { found: counts.rooms, done: counts.rooms, failed: 0 },
      devices: { found: counts.devices, done: counts.devices, failed: 0 },
    });
    const { groups, rooms, devices } = counts;
    expect(await known()).toEqual({ groups, rooms, devices });
    expect(await counted()).toEqual([1, 2, rooms, devices]);
    const month = await app.services.store.spending(monthOf(app.clock.now()));
    expect(month).toMatchObject({ total: 3 + rooms + devices });
  });

  test.each([
    ['null-result', {}],
    ['json-200', { body: {} }],
    ['json-200', { body: { hasMore: false } }],
  ])('ends at a page without rooms (fault %s %o), and marks no room as removed', async (fault, rest) => {
    await press();
    await discover();
    const before = await known();
    const path = '/v1.0/rooms/meetingRoomLists';
    await app.simulator.control('PUT', '/faults', { path, fault, match: 'nextToken', ...rest });
    await press();
    await discover();
    expect(await latest()).toMatchObject({ state: 'done', pages: 2, rooms: { found: 100 } });
    expect(await known()).toEqual(before);
    const removed = await listRooms(app.services, callerOf(admin), {
      question: { ...EVERY_ROOM, condition: 'removed' },
      page: ALL,
    });
    expect(removed.total).toBe(0);
  });

  test('reads the whole list without hasMore', async () => {
    const { counts } = await app.simulator.control<World>('GET', '/world');
    const path = '/v1.0/rooms/meetingRoomLists';
    await app.simulator.control('PUT', '/faults', { path, fault: 'without', fields: ['hasMore'] });
    await press();
    await discover();
    expect(await latest()).toMatchObject({ state: 'done', pages: 2, rooms: { found: counts.rooms } });
  });

  test('starts the list again when DingTalk has forgotten the position', async () => {
    await app.simulator.control('PUT', '/faults', {
      path: '/v1.0/rooms/meetingRoomLists',
      fault: 'ip-list',
      match: 'nextToken',
    });
    await press();
    await discover();
    expect(await latest()).toMatchObject({ state: 'paused', pages: 1 });
    const forgotten = { fault: 'error', status: 400, code: 'param.error', message: 'param error' };
    await app.simulator.control('PUT', '/faults', {
      path: '/v1.0/rooms/meetingRoomLists',
      match: 'nextToken',
      times: 1,
      ...forgotten,
    });
    app.clock.move(61 * 60_000);
    await discover();
    expect(await latest()).toMatchObject({ state: 'running', pages: 0, depth: 'changes' });
    await discover();
    expect(await latest()).toMatchObject({ state: 'done', pages: 2 });
    const { counts } = await app.simulator.control<World>('GET', '/world');
    expect((await known()).rooms).toBe(counts.rooms);
  });
});

describe('discovery', () => {
  beforeAll(() => open({ flags: SMALL }));
  afterAll(() => app.close());
  beforeEach(() => app.reset());

  test.each([{}, { result: null }, { result: [] }])(
    'finds all rooms and devices of an organization whose groups are answered with %o',
    async (body) => {
      await app.simulator.control('PUT', '/faults', {
        path: '/v1.0/rooms/groupLists',
        fault: 'json-200',
        body,
      });
      const { counts } = await app.simulator.control<World>('GET', '/world');
      await press();
      await discover();
      expect(await latest()).toMatchObject({
        state: 'done',
        rooms: { done: counts.rooms, failed: 0 },
        devices: { done: counts.devices, failed: 0 },
      });
      expect(await known()).toEqual({ groups: 0, rooms: counts.rooms, devices: counts.devices });
    },
  );

  test('is one run however often it is started', async () => {
    const first = await press();
    const second = await press();
    expect(first.started).toBe(true);
    expect(second).toMatchObject({ started: false, run: { id: first.run.id } });
  });

  test('continues where it stopped, without repeated calls', async () => {
    const { counts } = await app.simulator.control<World>('GET', '/world');
    await press();
    const stop = new AbortController();
    const { store } = app.services;
    let finished = 0;
    const stopping: typeof store.finishTask = async (...task) => {
      await store.finishTask(...task);
      finished += 1;
      if (finished === 10) stop.abort();
    };
    await discover({ ...app.services, store: { ...store, finishTask: stopping } }, stop.signal);
    expect(await latest()).toMatchObject({ state: 'running' });
    await discover();
    expect(await latest()).toMatchObject({ state: 'done' });
    expect(await counted()).toEqual([1, 1, counts.rooms, counts.devices]);
  });

  test('pauses when the app lacks the permission, and continues when it is granted', async () => {
    await app.simulator.control('PUT', '/faults', {
      path: '/v1.0/rooms/meetingRooms/{roomId}',
      fault: 'scope',
    });
    await press();
    await discover();
    expect(await latest()).toMatchObject({ state: 'paused', pausedBy: 'dingtalk-refused.scope' });
    const before = await counted();
    await discover();
    expect(await counted()).toEqual(before);
    await app.simulator.control('DELETE', '/faults');
    app.clock.move(61 * 60_000);
    await discover();
    expect(await latest()).toMatchObject({ state: 'done', pausedBy: null });
  });

  test('pauses after a few refusals of the operator, and then spends one call per hour', async () => {
    await app.simulator.control('PUT', '/faults', { path: '/v1.0/rooms/devices', fault: 'operator' });
    await press();
    await discover();
    expect(await latest()).toMatchObject({ state: 'paused', pausedBy: 'dingtalk-refused.operator' });
    const refused = await app.simulator.counted(DEVICE);
    expect(refused).toBeGreaterThanOrEqual(REFUSALS_BEFORE_PAUSE);
    expect(refused, 'those under way when the pause began').toBeLessThan(REFUSALS_BEFORE_PAUSE + 6);
    const round = createRound(app.services);
    const before = await counted();
    for (let hour = 1; hour <= 12; hour += 1) {
      for (let minute = 0; minute < 60; minute += 10) {
        await discover();
        await round.step();
        app.clock.move(10 * 60_000);
      }
      await discover();
      await round.step();
      expect(await app.simulator.counted(DEVICE), `after ${hour} h`).toBe(refused + hour);
    }
    expect((await counted()).slice(0, 3), 'nor anything else').toEqual(before.slice(0, 3));

    await app.simulator.control('DELETE', '/faults');
    await lookUp(
      app.services,
      callerOf(person('support')),
      { ref: { by: 'deviceId', id: '1234' }, insist: true },
      explain,
    );
    await discover();
    expect(await latest(), 'a refresh proved that DingTalk answers').toMatchObject({ state: 'done' });
    expect(await app.services.store.jobPause()).toBeNull();
  });

  test('pauses also when devices without a room are refused', async () => {
    const { store } = app.services;
    for (let index = 0; index < 20; index += 1) {
      const id = `77000${index}`;
      const device = { deviceId: id, unionId: `union-${id}` };
      const known = reading({ observedAt: app.clock.now() - 1_000, source: 'sweep', device });
      await store.recordReading({ by: 'deviceId', id }, known);
    }
    await app.simulator.control('PUT', '/faults', {
      path: '/v1.0/rooms/devices',
      fault: 'operator',
      match: 'deviceId=77000',
    });
    const { counts } = await app.simulator.control<World>('GET', '/world');
    await press();
    await discover();
    expect(await latest()).toMatchObject({ state: 'paused', pausedBy: 'dingtalk-refused.operator' });
    for (let hour = 0; hour <= 2; hour += 1) {
      expect(await app.simulator.counted(DEVICE)).toBe(counts.devices + REFUSALS_BEFORE_PAUSE + hour);
      app.clock.move(61 * 60_000);
      await discover();
    }
  });

  test('counts a room with an invalid answer as failed, and finds the rest', async () => {
    const { scenarios } = await app.simulator.control<{ scenarios: Record<string, { roomId: string }> }>(
      'GET',
      '/world',
    );
    const roomId = Object.values(scenarios)[0]?.roomId ?? '';
    await app.simulator.control('PUT', '/faults', {
      path: '/v1.0/rooms/meetingRooms/{roomId}',
      fault: 'wrong-types',
      fields: { deviceUnionIds: 'none' },
      match: roomId,
    });
    await press();
    let ended = false;
    const running = discover().finally(() => {
      ended = true;
    });
    // Each further attempt at the room is due minutes after the one before.
    while (!ended) {
      app.clock.move(60 * 60_000);
      await app.clock.sleep(10);
    }
    await running;
    const { counts } = await app.simulator.control<World>('GET', '/world');
    expect((await latest())?.rooms).toEqual({ found: counts.rooms, done: counts.rooms - 1, failed: 1 });
    expect(await app.simulator.counted(ROOM), 'five attempts at that room').toBe(counts.rooms - 1 + 5);
    expect(await latest()).toMatchObject({ state: 'done', rooms: { failed: 1 } });
  });

  test('continues after single refused devices, and pauses when everything is refused', async () => {
    const { scenarios, counts } = await app.simulator.control<
      World & { scenarios: Record<string, { deviceUnionId: string }> }
    >('GET', '/world');
    const refuse = { path: '/v1.0/rooms/devices', fault: 'operator' };
    const match = Object.values(scenarios)[1]?.deviceUnionId ?? '';
    await app.simulator.control('PUT', '/faults', { ...refuse, match });
    await press();
    const running = discover();
    while (((await latest())?.devices.done ?? 0) < counts.devices - 1) await app.clock.sleep(10);
    await app.simulator.control('DELETE', '/faults');
    app.clock.move(10 * 60_000);
    await running;
    expect(await latest()).toMatchObject({ state: 'done', devices: { failed: 0 } });

    await app.simulator.control('PUT', '/faults', refuse);
    await press();
    await discover();
    expect(await latest()).toMatchObject({ state: 'paused', pausedBy: 'dingtalk-refused.operator' });
  });

  test('marks removed devices and keeps them', async () => {
    await press();
    await discover();
    const before = await known();
    await app.simulator.control('DELETE', '/devices/1234');
    await press();
    await discover();
    const fleet = await listFleet(app.services, callerOf(admin), {
      question: { ...EVERY_DEVICE, facets: { ...EVERY_DEVICE.facets, status: ['removed'] } },
      page: ALL,
    });
    expect(fleet.items.map(({ deviceId }) => deviceId)).toEqual(['1234']);
    expect((await known()).devices).toBe(before.devices - 1);
  });
});

describe('discovery on a small budget', () => {
  beforeAll(() => open({ flags: TWO_PAGES, monthlyCalls: 120 }));
  afterAll(() => app.close());

  test('stops at its share, reports it, and leaves people their queries', async () => {
    await startDiscovery(app.services, callerOf(admin));
    await discover();
    const { store } = app.services;
    expect(await store.latestDiscovery()).toMatchObject({
      state: 'paused',
      pausedBy: 'dingtalk-budget-spent.reserve',
    });
    const { counted } = await app.simulator.control<{ counted: number }>('GET', '/calls');
    expect(counted).toBe(90);
    const answer = await lookUp(
      app.services,
      callerOf(admin),
      { ref: { by: 'deviceId', id: '1234' }, insist: true },
      explain,
    );
    expect(answer).toMatchObject({ source: 'live', callsLeft: expect.any(Number) });
    // A new month: the run continues with the new budget.
    app.clock.move(40 * 24 * 60 * 60_000);
    await discover();
    const after = await app.simulator.control<{ counted: number }>('GET', '/calls');
    expect(after.counted).toBe(91 + 90);
  });
});
