import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FleetFacet } from '#lib/domain/inventory/fleet-filter.ts';
import {
  EVERY_DEVICE,
  EVERY_ROOM,
  type FleetQuestion,
  type RoomsQuestion,
  WITHOUT,
} from '#lib/domain/inventory/fleet-filter.ts';
import { createLimits } from '#lib/services/access/limits.ts';
import { getRoom, listRoomGroups } from '#lib/services/rooms/get-room.ts';
import { listRooms } from '#lib/services/rooms/list-rooms.ts';
import { type App, callerOf, openApp, person } from '#lib/testing/app.ts';
import { HIDDEN, recordKnownWorld } from '#lib/testing/known-world.ts';
import { reading } from '#lib/testing/reading.ts';
import { fleetCsv } from './fleet-csv.ts';
import { listFleet } from './list-fleet.ts';
import { listLabels } from './list-labels.ts';

const admin = person('admin');
const support = person('support');
const viewer = person('viewer');
const ALL = { cursor: null, limit: 200 };
let app: App;
beforeAll(async () => {
  app = await openApp();
  await recordKnownWorld(app.services.store, app.clock.now() - 1_000);
});
afterAll(() => app.close());

type Asking = Partial<Omit<FleetQuestion, 'facets'>> & { facets?: Partial<FleetQuestion['facets']> };
const question = ({ facets, ...rest }: Asking = {}): FleetQuestion => ({
  ...EVERY_DEVICE,
  ...rest,
  facets: { ...EVERY_DEVICE.facets, ...facets },
});
const fleet = (asking: Asking = {}, as = admin) =>
  listFleet(app.services, callerOf(as), { question: question(asking), page: ALL });
const keysOf = async (asking: Asking, as = admin) =>
  (await fleet(asking, as)).items.map(({ deviceId }) => deviceId).toSorted();
const rooms = (asking: Partial<RoomsQuestion> = {}, as = admin) =>
  listRooms(app.services, callerOf(as), { question: { ...EVERY_ROOM, ...asking }, page: ALL });
const roomsOf = async (asking: Partial<RoomsQuestion>) =>
  (await rooms(asking)).items.map(({ id }) => id).toSorted();

describe('the device list', () => {
  test('contains all known devices with counts, also those only found in a room', async () => {
    const { items, total, known, facets, nextCursor } = await fleet();
    expect(items.map(({ key }) => key).toSorted()).toEqual(['10001', '1001', '1002', 'union union-3']);
    expect([total, known, nextCursor]).toEqual([4, 4, null]);
    expect(facets.group).toEqual([
      { value: 'floor', count: 2, label: '上海 / Floor 3' },
      { value: 'hut', count: 1, label: 'Hut' },
      { value: null, count: 1, label: null },
    ]);
  });

  test.each([
    ['wall', ['1001']],
    ['SCREEN hut', ['1002']],
    ['大会议', ['1001', null]],
    ['ｗａｌｌ', ['1001']],
    ['m1', ['1001']],
    ['wall hut', []],
  ])('is filtered by the words %j', async (q, keys) => {
    expect(await keysOf({ q })).toEqual(keys.toSorted());
  });

  test.each([
    ['sn-00', ['1001', '1002']],
    ['AA:BB:CC', ['1001']],
    ['aabb.cc00', ['1001']],
    ['10.0.0', ['1001']],
    ['union-1', ['1001']],
    ['panelu', ['1001']],
    ['1.0.0.0.1', []],
    ['aa-bb-77', ['10001']],
    [':::', []],
    ['...', []],
  ])('is filtered by the beginning %j of an identifier for roles that may see it', async (q, keys) => {
    expect(await keysOf({ q }, support)).toEqual(keys);
    expect(await keysOf({ q }, viewer)).toEqual([]);
  });

  test('is filtered for everybody by a device ID, and for nobody by a secret in an address', async () => {
    expect(await keysOf({ q: '1000' }, viewer)).toEqual(['10001']);
    for (const q of ['839201', 'a@sip.example', '55501']) expect(await keysOf({ q })).toEqual([]);
  });

  test('is filtered by a group with all below it, by a room, and by no room', async () => {
    expect(await keysOf({ facets: { group: ['city'] } })).toEqual(['1001', null].toSorted());
    expect(await keysOf({ facets: { group: ['floor', 'hut'] } })).toEqual(['1001', '1002', null].toSorted());
    expect(await keysOf({ facets: { group: [null] } })).toEqual(['10001']);
    expect(await keysOf({ facets: { group: ['nowhere'] } })).toEqual([]);
    expect(await keysOf({ room: 'room-hut' })).toEqual(['1002']);
    expect(await keysOf({ room: WITHOUT })).toEqual(['10001']);
    expect(await keysOf({ room: 'nowhere' })).toEqual([]);
  });

  test('shows a viewer nothing that identifies a device, on no page and in no cursor', async () => {
    for (const sort of ['name', '-status', 'seen', 'room'] as const) {
      let cursor: string | null = null;
      do {
        const page = await listFleet(app.services, callerOf(viewer), {
          question: question({ sort }),
          page: { cursor, limit: 1 },
        });
        const shown = JSON.stringify(page) + Buffer.from(page.nextCursor ?? '', 'base64url').toString();
        for (const secret of [...HIDDEN, 'union-3', 'aa:bb'])
          expect(shown.toLowerCase()).not.toContain(secret);
        cursor = page.nextCursor;
      } while (cursor);
    }
  });

  test.each([
    'x',
    '',
    'bnVsbA',
    Buffer.from('{}').toString('base64url'),
    Buffer.from('[1,2]').toString('base64url'),
  ])('refuses the foreign cursor %j', async (cursor) => {
    const asked = listFleet(app.services, callerOf(admin), {
      question: question(),
      page: { cursor, limit: 1 },
    });
    await expect(asked).rejects.toMatchObject({ reason: 'invalid-question.parameter' });
  });

  test('shows every matching device exactly once, however much is written meanwhile', async () => {
    const { store } = app.services;
    const recordReading = (id: string, observedAt: number) =>
      store.recordReading(
        { by: 'deviceId', id },
        reading({
          observedAt,
          device: { deviceId: id, unionId: `of ${id}`, name: `Busy ${id}`, model: 'Busy' },
        }),
      );
    const ids = Array.from({ length: 30 }, (_, index) => `${5_000 + index}`);
    for (const id of ids) await recordReading(id, 1);
    let writing = true;
    const writer = (async () => {
      for (let round = 2; writing; round++) await recordReading(ids[round % ids.length] as string, round);
    })();
    const facets: Partial<Record<FleetFacet, string[]>> = { model: ['Busy'] };
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const found: (string | null)[] = [];
        let cursor: string | null = null;
        do {
          const page = await listFleet(app.services, callerOf(admin), {
            question: question({ facets }),
            page: { cursor, limit: 4 },
          });
          found.push(...page.items.map(({ deviceId }) => deviceId));
          cursor = page.nextCursor;
        } while (cursor);
        expect(found.toSorted()).toEqual(ids);
      }),
    );
    writing = false;
    await writer;
    for (const id of ids) await store.markDeviceRemoved({ by: 'deviceId', id }, app.clock.now());
    expect(await keysOf({ facets })).toEqual([]);
    expect((await fleet({ facets })).facets.status).toContainEqual({ value: 'removed', count: 30 });
    expect(await keysOf({ facets: { ...facets, status: ['removed'] } })).toEqual(ids);
  });
});

describe('the room list', () => {
  test('contains all known rooms, each with its devices, by name', async () => {
    const { items, total, known, devicesWithoutRoom, facets } = await rooms();
    expect(items.map(({ id }) => id)).toEqual(
      ['room-big', 'room-hut', 'room-empty'].toSorted(byShownName(items)),
    );
    expect([total, known, devicesWithoutRoom]).toEqual([3, 3, 1]);
    expect(facets).toEqual({
      status: [
        { value: 'idle', count: 1 },
        { value: 'not-observed', count: 1 },
        { value: 'offline', count: 1 },
      ],
      label: [{ value: 'video', count: 1 }],
      condition: [{ value: 'without-device', count: 1 }],
    });
    const big = items.find(({ id }) => id === 'room-big');
    expect(big).toMatchObject({
      path: ['上海', 'Floor 3'],
      state: 'not-observed',
      group: { name: 'Floor 3' },
    });
    expect(big?.devices).toHaveLength(2);
  });

  test.each<[Partial<RoomsQuestion>, string[]]>([
    [{ q: '会议' }, ['room-big']],
    [{ q: '上海' }, ['room-big']],
    [{ group: 'city' }, ['room-big']],
    [{ group: WITHOUT }, ['room-empty']],
    [{ status: ['offline', 'idle'] }, ['room-big', 'room-hut']],
    [{ label: ['video'] }, ['room-big']],
    [{ condition: 'without-device' }, ['room-empty']],
    [{ condition: 'removed' }, []],
    [{ group: 'nowhere' }, []],
  ])('is filtered by %j', async (asking, found) => {
    expect(await roomsOf(asking)).toEqual(found);
  });

  test('returns single rooms with their path; an unknown one is not found', async () => {
    const { room } = await getRoom(app.services, viewer, 'room-big');
    expect(room.groupPath).toEqual([
      { id: 'city', name: '上海' },
      { id: 'floor', name: 'Floor 3' },
    ]);
    expect(room.unknownFields).toBeNull();
    for (const secret of [...HIDDEN, 'union-3'])
      expect(JSON.stringify(room).toLowerCase()).not.toContain(secret);
    await expect(getRoom(app.services, admin, 'nowhere')).rejects.toMatchObject({
      reason: 'room-not-found.room',
    });
  });

  test('is summed up along the tree', async () => {
    const { items, all, ungrouped } = await listRoomGroups(app.services);
    const sums = Object.fromEntries(items.map(({ id, rooms: own, devices }) => [id, [own, devices]]));
    expect(sums).toEqual({ city: [1, 2], floor: [1, 2], hut: [1, 1] });
    expect(all).toEqual({ rooms: 3, devices: 3, states: { idle: 1, 'not-observed': 1, offline: 1 } });
    expect(ungrouped).toEqual({ rooms: 1, devices: 0, states: {} });
  });
});

const byShownName = (items: { id: string; name: string | null }[]) => {
  const { compare } = new Intl.Collator('zh', { numeric: true });
  const nameOf = (id: string) => items.find((each) => each.id === id)?.name ?? '';
  return (a: string, b: string) => compare(nameOf(a), nameOf(b));
};

test('a list with a text counts as a search each time; one without does not', async () => {
  const services = { ...app.services, limits: createLimits({ questions: 1, searches: 4, signIns: 1 }) };
  const from = { address: '192.0.2.7', requestId: null };
  const fleet = (q: string) =>
    listFleet(services, callerOf(support, from), { question: { ...EVERY_DEVICE, q }, page: ALL });
  const rooms = (q: string) =>
    listRooms(services, callerOf(support, from), { question: { ...EVERY_ROOM, q }, page: ALL });
  for (let at = 0; at < 10; at++) await Promise.all([fleet(''), rooms('')]);
  await fleet('screen');
  await rooms('screen');
  await listLabels(services, callerOf(support, from), {
    devices: [],
    question: { ...EVERY_DEVICE, q: 'screen' },
  });
  for await (const _ of fleetCsv(services, callerOf(support, from), { ...EVERY_DEVICE, q: 'screen' }));
  const refused = { reason: 'too-many-questions.person' };
  await expect(fleet('screen')).rejects.toMatchObject(refused);
  await expect(rooms('screen')).rejects.toMatchObject(refused);
  const csv = fleetCsv(services, callerOf(support, from), { ...EVERY_DEVICE, q: 'screen' });
  await expect(csv.next()).rejects.toMatchObject(refused);
  await fleet('');
});
