import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DiscoveryDepth } from '#lib/domain/discovery/discovery.ts';
import type { Room } from '#lib/domain/rooms/room.ts';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { controller, reading } from '#lib/testing/reading.ts';

/** A room with only the given values. */
function room(id: string, said: Partial<Room> = {}): Room {
  return {
    id,
    unionId: null,
    name: `Room ${id}`,
    capacity: null,
    location: null,
    labels: [],
    groupId: null,
    bookingRight: { who: 'unknown', raw: null },
    description: null,
    externalId: null,
    deviceUnionIds: null,
    unknownFields: {},
    ...said,
  };
}

describe.each(ENGINES)('discovery on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;

  beforeAll(async () => {
    engine = await start();
  });

  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
  });

  afterAll(() => engine.stop());

  const begin = (id: string, depth: DiscoveryDepth = 'full', at = 100) =>
    store.startDiscovery({ id, depth, startedBy: 'anna', at });
  const page = (
    runId: string,
    number: number,
    rooms: Room[],
    more: { next?: string | null; complete?: boolean; at?: number; detailBefore?: number } = {},
  ) =>
    store.recordRoomPage(runId, {
      page: number,
      rooms,
      nextToken: more.next ?? null,
      complete: more.complete ?? true,
      at: more.at ?? 200,
      detailBefore: more.detailBefore ?? 0,
    });
  const tasks = async (runId: string, kind: 'room' | 'device', now = 1e6) =>
    (await store.openTasks(runId, kind, now, 99)).map((task) => task.subject);
  const knownRoom = async (id: string) => (await store.roomsByIds([id]))[0];
  const fed = async (after = 0) =>
    (await store.feedAfter(after, 999))?.map(({ kind, key }) => `${kind} ${key}`);
  const finish = (runId: string, at = 900) => store.finishDiscovery(runId, at);

  test('has one run at a time, whoever starts it', async () => {
    expect(await store.latestDiscovery()).toBeNull();
    const both = await Promise.all([begin('one'), begin('two', 'changes')]);
    expect(both.map((each) => each.started).sort()).toEqual([false, true]);
    expect(both[0].run).toEqual(both[1].run);
    expect(await store.latestDiscovery()).toEqual({
      id: both[0].run.id,
      depth: both[0].run.depth,
      startedBy: 'anna',
      startedAt: 100,
      finishedAt: null,
      state: 'running',
      pausedBy: null,
      groupsRead: false,
      pages: 0,
      nextToken: null,
      listRead: false,
      rooms: { found: 0, done: 0, failed: 0 },
      devices: { found: 0, done: 0, failed: 0 },
      movedAt: 100,
    });
    expect(await fed()).toEqual(['service null']);
    await finish(both[0].run.id);
    // Also when the clock was set back since.
    expect(await begin('three', 'full', 50)).toMatchObject({ started: true });
    expect((await store.latestDiscovery())?.id).toBe('three');
  });

  test('lists the full runs that were open since a moment', async () => {
    await begin('one');
    await store.finishDiscovery('one', 500);
    await begin('two', 'changes', 600);
    await store.finishDiscovery('two', 700);
    await begin('three', 'full', 800);
    const first = { from: 100, to: 500 };
    const open = { from: 800, to: null };
    expect(await store.fullDiscoveries(0)).toEqual([first, open]);
    expect(await store.fullDiscoveries(500)).toEqual([first, open]);
    expect(await store.fullDiscoveries(501)).toEqual([open]);
  });

  test('pauses and continues a run, and leaves it unchanged once it is done', async () => {
    await begin('one');
    await store.pauseDiscovery('one', 'dingtalk-budget-spent.organisation-quota', 110);
    expect(await store.latestDiscovery()).toMatchObject({
      state: 'paused',
      pausedBy: 'dingtalk-budget-spent.organisation-quota',
      movedAt: 110,
    });
    expect((await begin('two')).started).toBe(false);
    await store.resumeDiscovery('one', 120);
    expect(await store.latestDiscovery()).toMatchObject({ state: 'running', pausedBy: null });
    await finish('one', 130);
    await store.pauseDiscovery('one', 'dingtalk-budget-spent.organisation-quota', 140);
    await store.resumeDiscovery('one', 150);
    expect(await store.latestDiscovery()).toMatchObject({ state: 'done', finishedAt: 130, movedAt: 130 });
  });

  test('stores the groups that were read last', async () => {
    await begin('one');
    const top = { id: '1', name: 'Top', parentId: null };
    await store.recordRoomGroups('one', [top, { id: '2', name: null, parentId: '1' }, top], 110);
    expect(await store.roomGroups()).toHaveLength(2);
    await store.recordRoomGroups('one', [{ ...top, name: 'New' }], 120);
    expect(await store.roomGroups()).toEqual([{ ...top, name: 'New' }]);
    expect((await store.latestDiscovery())?.groupsRead).toBe(true);
    expect(await fed(1)).toEqual(['groups null', 'service null', 'groups null', 'service null']);
  });

  test('leaves the groups unchanged after an answer without a list', async () => {
    await begin('one');
    await store.recordRoomGroups('one', [{ id: '1', name: 'Top', parentId: null }], 110);
    await finish('one');
    await begin('two');
    expect((await store.latestDiscovery())?.groupsRead).toBe(false);
    await store.recordRoomGroups('two', null, 1_100);
    expect((await store.latestDiscovery())?.groupsRead).toBe(true);
    expect(await store.roomGroups()).toEqual([{ id: '1', name: 'Top', parentId: null }]);
  });

  test('stores a page of rooms, moves the run on and adds tasks, once', async () => {
    await begin('one');
    const whole = room('b', {
      capacity: 8,
      location: { title: 'HQ', description: 'x\u0000\ud800' },
      labels: [{ id: '1', name: 'TV' }],
      groupId: 'g',
      bookingRight: { who: 'some', raw: 2 },
      externalId: 'ext',
      unknownFields: { later: [1] },
    });
    await page('one', 0, [whole, room('a'), room('a', { name: 'twice' })], { next: 'more' });
    await page('one', 0, [room('z')], { next: 'other' });
    await page('one', 2, [room('z')]);
    expect(await store.roomsAfter(null, 9)).toEqual([
      { ...room('a', { name: 'twice' }), firstSeenAt: 200, observedAt: 200, detailAt: null, removedAt: null },
      { ...whole, firstSeenAt: 200, observedAt: 200, detailAt: null, removedAt: null },
    ]);
    expect(await store.roomsAfter('a', 9)).toHaveLength(1);
    expect(await tasks('one', 'room')).toEqual(['b', 'a']);
    expect(await store.latestDiscovery()).toMatchObject({
      pages: 1,
      nextToken: 'more',
      listRead: false,
      rooms: { found: 2, done: 0, failed: 0 },
      movedAt: 200,
    });
    expect(await fed(1)).toEqual(['room b', 'room a', 'service null']);
    await page('one', 1, [room('a'), room('c')]);
    await page('one', 2, [room('late')]);
    expect(await store.latestDiscovery()).toMatchObject({ pages: 2, listRead: true, rooms: { found: 3 } });
  });

  test('stores a room with text that databases reject', async () => {
    const hostile = 'a\u0000b\ud800'.repeat(2_000);
    await begin('one');
    await page('one', 0, [room(hostile, { name: hostile, description: hostile })]);
    await store.recordRoomDetail('one', room(hostile, { deviceUnionIds: [hostile] }), 300);
    expect(await tasks('one', 'room')).toEqual([]);
    expect((await knownRoom(hostile))?.detailAt).toBe(300);
    expect(await store.keyOf({ by: 'unionId', id: hostile })).not.toBeNull();
    expect(await store.devicesAfter(null, 9)).toHaveLength(1);
  });

  test('marks a room as removed that no page named, and restores it when one does', async () => {
    await begin('one');
    await page('one', 0, [room('a'), room('b')], { at: 200 });
    await finish('one');
    await begin('two', 'full', 1_000);
    await page('two', 0, [room('a')], { at: 1_100, next: 'more' });
    expect((await knownRoom('b'))?.removedAt).toBeNull();
    const head = await store.feedHead();
    await page('two', 1, [], { at: 1_200 });
    expect(await knownRoom('b')).toMatchObject({ removedAt: 1_200, observedAt: 200 });
    expect(await fed(head)).toEqual(['room b', 'service null']);
    await finish('two');
    await begin('three', 'full', 2_000);
    await page('three', 0, [room('b')], { at: 2_100 });
    expect(await knownRoom('b')).toMatchObject({ removedAt: null, firstSeenAt: 200, observedAt: 2_100 });
    expect(await knownRoom('a')).toMatchObject({ removedAt: 2_100 });
  });

  test('marks no room as removed by an incomplete list', async () => {
    await begin('one');
    await page('one', 0, [room('a'), room('b')], { at: 200 });
    await finish('one');
    await begin('two', 'full', 1_000);
    await page('two', 0, [room('a')], { at: 1_100, complete: false });
    expect(await store.latestDiscovery()).toMatchObject({ id: 'two', listRead: true });
    expect((await knownRoom('b'))?.removedAt).toBeNull();
  });

  test('does not overwrite by a list what only the room itself contains', async () => {
    await begin('one');
    await page('one', 0, [room('a')]);
    const described = room('a', {
      unionId: 'u',
      description: 'By the lift',
      deviceUnionIds: ['x'],
      unknownFields: { more: 1 },
    });
    await store.recordRoomDetail('one', described, 300);
    await finish('one');
    await begin('two', 'full', 1_000);
    await page('two', 0, [room('a', { name: 'Renamed' })], { at: 1_100 });
    expect(await knownRoom('a')).toEqual({
      ...described,
      name: 'Renamed',
      firstSeenAt: 200,
      observedAt: 1_100,
      detailAt: 300,
      removedAt: null,
    });
    await store.recordRoomDetail('two', room('a', { deviceUnionIds: [] }), 1_200);
    expect(await knownRoom('a')).toMatchObject({ unionId: null, description: null, deviceUnionIds: [] });
  });

  test('reads in a run for changes only rooms that are new or were not read for long', async () => {
    await begin('one');
    await page('one', 0, [room('old'), room('new')]);
    await store.recordRoomDetail('one', room('old', { deviceUnionIds: [] }), 300);
    await store.recordRoomDetail('one', room('new', { deviceUnionIds: [] }), 500);
    await finish('one');
    await begin('two', 'changes', 1_000);
    await page('two', 0, [room('new'), room('never'), room('old')], { detailBefore: 400 });
    expect(await tasks('two', 'room')).toEqual(['never', 'old']);
  });

  test('finishes the task of a room with its devices and leaves theirs', async () => {
    await begin('one');
    await page('one', 0, [room('a'), room('b')]);
    await store.recordReading(
      { by: 'unionId', id: 'asked' },
      reading({ device: { deviceId: '1', unionId: 'own' } }),
    );
    await store.recordReading(
      { by: 'deviceId', id: '2' },
      reading({ device: { deviceId: '2', unionId: 'two', controllers: [controller({ unionId: 'panel' })] } }),
    );
    const head = await store.feedHead();
    const deviceUnionIds = ['asked', 'own', 'new', 'panel', 'two', 'new'];
    await store.recordRoomDetail('one', room('a', { deviceUnionIds }), 300);
    expect(await tasks('one', 'room')).toEqual(['b']);
    expect(await tasks('one', 'device')).toEqual(['asked', 'own', 'new', 'panel', 'two']);
    expect(await store.latestDiscovery()).toMatchObject({
      rooms: { found: 2, done: 1, failed: 0 },
      devices: { found: 5, done: 0, failed: 0 },
    });
    expect((await store.devicesAfter(null, 9)).map((each) => each.key)).toEqual(['1', '2', 'union new']);
    expect(await store.devicesByKeys(['union new'])).toMatchObject([
      {
        deviceId: null,
        unionId: 'new',
        state: 'not-observed',
        roomId: 'a',
        roomName: 'Room a',
        firstSeenAt: 300,
        observedAt: null,
        source: null,
        stateSince: null,
        nextCheck: { at: 300, reason: 'never-read' },
      },
    ]);
    expect(await fed(head)).toEqual(['room a', 'device union new', 'service null']);
    expect(await store.keyOf({ by: 'unionId', id: 'new' })).toBe('union new');
    expect(await store.findIdentifiers({ kinds: ['union-id'], values: ['new'], limit: 5 })).toHaveLength(1);
  });

  test('reads in a run for changes only devices that never answered', async () => {
    await begin('one', 'changes');
    await store.recordReading(
      { by: 'unionId', id: 'x' },
      reading({ device: { deviceId: '1', unionId: 'read' } }),
    );
    await page('one', 0, [room('a'), room('b')]);
    await store.recordRoomDetail('one', room('a', { deviceUnionIds: ['x', 'read', 'new', 'lost'] }), 300);
    await store.markDeviceRemoved({ by: 'unionId', id: 'lost' }, 310);
    expect(await tasks('one', 'device')).toEqual(['new', 'lost']);
    await finish('one');
    await begin('two', 'changes', 1_000);
    await store.recordRoomDetail('two', room('b', { deviceUnionIds: ['read', 'new', 'lost'] }), 1_300);
    expect(await tasks('two', 'device')).toEqual(['new']);
    expect(await store.devicesByKeys(['union new', 'union lost'])).toMatchObject([
      { firstSeenAt: 300, roomId: 'b', nextCheck: { at: 300 } },
      { firstSeenAt: 300, roomId: 'b', nextCheck: { at: 300 } },
    ]);
    expect(await store.checkQueue(1e6)).toMatchObject({ due: 1 });
  });

  test.each([
    ['asked by the union id', 'X', null],
    ['bearing the union id', 'other', 'X'],
  ])('merges a device found in a room with its reading, %s', async (_, asked, unionId) => {
    await begin('one');
    await store.recordRoomDetail('one', room('a', { deviceUnionIds: ['X'] }), 300);
    const head = await store.feedHead();
    const answer = reading({ observedAt: 400, device: { deviceId: '1', unionId } });
    await store.recordReading({ by: 'unionId', id: asked }, answer);
    expect(await store.devicesAfter(null, 9)).toMatchObject([
      { key: '1', state: 'idle', firstSeenAt: 300, changedAt: null, nextCheck: { reason: 'routine' } },
    ]);
    expect(await fed(head)).toEqual(['device 1', 'device union X']);
    expect(await store.keyOf({ by: 'unionId', id: 'X' })).toBe('1');
    const hits = await store.findIdentifiers({ kinds: ['union-id'], values: ['x'], limit: 9 });
    expect(hits.map((hit) => hit.deviceKey)).toEqual(['1']);
  });

  test('keeps the row of a device found in a room that answers without a device ID', async () => {
    await begin('one');
    await store.recordRoomDetail('one', room('a', { deviceUnionIds: ['X'] }), 300);
    const answer = reading({ observedAt: 400, device: { deviceId: null, unionId: 'X' } });
    await store.recordReading({ by: 'unionId', id: 'X' }, answer);
    expect(await store.devicesAfter(null, 9)).toMatchObject([
      { key: 'union X', state: 'idle', firstSeenAt: 300, stateSince: 400, nextCheck: { reason: 'routine' } },
    ]);
    expect(await store.changes('union X', 9)).toEqual([]);
  });

  test('ends tasks once and returns them when they are due, fewest attempts first', async () => {
    await begin('one');
    await page('one', 0, [room('a'), room('b'), room('c'), room('d')]);
    await store.postponeTask('one', { kind: 'room', subject: 'a' }, 500);
    await store.postponeTask('one', { kind: 'room', subject: 'b' }, 400);
    expect(await tasks('one', 'room', 399)).toEqual(['c', 'd']);
    expect(await tasks('one', 'room', 500)).toEqual(['c', 'd', 'a', 'b']);
    expect(await store.openTasks('one', 'room', 450, 3)).toEqual([
      { kind: 'room', subject: 'c', attempts: 0 },
      { kind: 'room', subject: 'd', attempts: 0 },
      { kind: 'room', subject: 'b', attempts: 1 },
    ]);
    for (const _ of [1, 2])
      await store.finishTask(
        'one',
        { kind: 'room', subject: 'c' },
        510,
        'dingtalk-budget-spent.organisation-quota',
      );
    await store.markRoomRemoved('one', 'd', 520);
    await store.markRoomRemoved('one', 'd', 530);
    await store.finishTask('one', { kind: 'device', subject: 'nobody' }, 540, null);
    expect(await tasks('one', 'room', 999)).toEqual(['a', 'b']);
    expect(await store.latestDiscovery()).toMatchObject({
      rooms: { found: 4, done: 1, failed: 1 },
      devices: { found: 0, done: 0, failed: 0 },
      movedAt: 540,
    });
    expect((await knownRoom('d'))?.removedAt).toBe(520);
  });

  test('continues a run where it was when the process ended at any moment', async () => {
    const rooms = Array.from({ length: 250 }, (_, index) => room(String(index).padStart(3, '0')));
    let steps = 0;
    await begin('one');
    // Each step runs in a new process, which knows only what is in the store.
    for (let open = true; open; steps++) {
      const own = await engine.open();
      const run = (await own.latestDiscovery())!;
      const [roomTask] = await own.openTasks('one', 'room', 1e6, 1);
      const [deviceTask] = await own.openTasks('one', 'device', 1e6, 1);
      if (!run.listRead) {
        const from = Number(run.nextToken ?? 0);
        const next = from + 100 < rooms.length ? String(from + 100) : null;
        const listed = {
          complete: true,
          page: run.pages,
          rooms: rooms.slice(from, from + 100),
          nextToken: next,
          at: 1,
          detailBefore: 0,
        };
        await own.recordRoomPage('one', listed);
        await own.recordRoomPage('one', listed);
      } else if (roomTask && run.rooms.done < 5) {
        const deviceUnionIds = [`u${roomTask.subject}`];
        await own.recordRoomDetail('one', room(roomTask.subject, { deviceUnionIds }), 2);
      } else if (deviceTask) await own.finishTask('one', deviceTask, 3, null);
      else open = false;
      await own.close();
    }
    expect(steps).toBe(3 + 5 + 5 + 1);
    expect(await store.latestDiscovery()).toMatchObject({
      pages: 3,
      rooms: { found: 250, done: 5 },
      devices: { found: 5, done: 5 },
    });
    expect((await store.roomsAfter(null, 999)).map((each) => each.id)).toEqual(rooms.map((each) => each.id));
  });
});
