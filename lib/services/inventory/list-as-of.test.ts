import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  EVERY_DEVICE,
  EVERY_ROOM,
  type FleetQuestion,
  type RoomsQuestion,
} from '#lib/domain/inventory/fleet-filter.ts';
import { getRoom, listRoomGroups } from '#lib/services/rooms/get-room.ts';
import { listRooms } from '#lib/services/rooms/list-rooms.ts';
import { type App, callerOf, openApp, person } from '#lib/testing/app.ts';
import { room } from '#lib/testing/fleet.ts';
import { HIDDEN, recordKnownWorld } from '#lib/testing/known-world.ts';
import { reading } from '#lib/testing/reading.ts';
import { fleetCsv } from './fleet-csv.ts';
import { listFleet } from './list-fleet.ts';

const admin = person('admin');
const viewer = person('viewer');
const ALL = { cursor: null, limit: 200 };
const HOUR = 3_600_000;
let app: App;
let began: number;
/** What the lists showed in between: first as they were found, then as they are. */
let before: { fleet: unknown; rooms: unknown; groups: unknown; room: unknown };

const fleet = (asking: Partial<FleetQuestion> = {}, as = admin) =>
  listFleet(app.services, callerOf(as), { question: { ...EVERY_DEVICE, ...asking }, page: ALL });
const rooms = (asking: Partial<RoomsQuestion> = {}, as = admin) =>
  listRooms(app.services, callerOf(as), { question: { ...EVERY_ROOM, ...asking }, page: ALL });
const past = (at: number, against: number | null = null) => ({ at, against });

/** Without what depends on the time of the request. */
const lasting = (answer: unknown) =>
  JSON.parse(JSON.stringify(answer), (key, value) =>
    ['ageMs', 'nextCheck', 'past', 'nextCursor'].includes(key) ? undefined : value,
  ) as unknown;

beforeAll(async () => {
  app = await openApp();
  const { store } = app.services;
  began = app.clock.now();
  await recordKnownWorld(store, began);
  before = {
    fleet: lasting(await fleet()),
    rooms: lasting(await rooms()),
    groups: await listRoomGroups(app.services),
    room: lasting(await getRoom(app.services, admin, 'room-hut')),
  };
  app.clock.move(10 * HOUR);
  const at = began + 5 * HOUR;
  const { run } = await store.startDiscovery({ id: 'again', depth: 'full', startedBy: null, at });
  await store.recordRoomGroups(run.id, [{ id: 'hut', name: 'Cabin', parentId: null }], at);
  await store.recordRoomDetail(run.id, room({ id: 'room-hut', name: 'Cabin 2', groupId: 'hut' }), at);
  await store.recordReading(
    { by: 'deviceId', id: '1001' },
    reading({
      observedAt: at,
      device: {
        deviceId: '1001',
        unionId: 'union-1',
        name: 'Wall screen',
        model: 'M1',
        serial: 'SN-0001',
        mac: 'AA:BB:CC:00:00:01',
        firmware: 'F2',
        status: { state: 'offline', raw: 'offline' },
        network: { type: 'wired', ssid: null, ip: '10.0.0.9', wifiMac: null, wiredMac: null },
        room: { id: 'room-hut', name: null },
      },
    }),
  );
  await store.recordReading(
    { by: 'deviceId', id: '4444' },
    reading({ observedAt: at, device: { deviceId: '4444', unionId: null, name: 'New one' } }),
  );
  await store.markDeviceRemoved({ by: 'deviceId', id: '10001' }, at);
});
afterAll(() => app.close());

describe('snapshots of lists', () => {
  test('show what they showed then, whatever was found since', async () => {
    const then = past(began + HOUR);
    expect(lasting(await fleet(then))).toEqual(before.fleet);
    expect(lasting(await rooms(then))).toEqual(before.rooms);
    expect(await listRoomGroups(app.services, then)).toEqual(before.groups);
    expect(lasting(await getRoom(app.services, admin, 'room-hut', then))).toEqual(before.room);
    expect(lasting(await fleet())).not.toEqual(before.fleet);
  });

  test('count ages to that moment', async () => {
    const { items } = await fleet(past(began + HOUR));
    expect(items.find(({ key }) => key === '1001')?.ageMs).toBe(HOUR);
  });

  test('are filtered and searched like the present, by the values of then', async () => {
    const keys = async (asking: Partial<FleetQuestion>) =>
      (await fleet({ ...past(began + HOUR), ...asking })).items.map(({ key }) => key);
    expect(await keys({ q: '10.0.0.1' })).toEqual(['1001']);
    expect(await keys({ q: '10.0.0.9' })).toEqual([]);
    expect(await keys({ q: 'aabbcc' })).toEqual(['1001']);
    expect(await keys({ room: 'room-hut' })).toEqual(['1002']);
    expect(await keys({ facets: { ...EVERY_DEVICE.facets, group: ['city'] } })).toContain('1001');
    let csv = '';
    for await (const piece of fleetCsv(app.services, callerOf(admin), {
      ...EVERY_DEVICE,
      ...past(began + HOUR),
    }))
      csv += piece;
    expect(csv).toContain('10.0.0.1');
    expect(csv).not.toContain('New one');
  });

  test('list the differences to another moment: changed fields, new and removed devices', async () => {
    const { past: said } = await fleet(past(began + HOUR));
    expect(said?.counts).toEqual({ appeared: 1, disappeared: 0, changed: 2 });
    const changed = said?.items.find(({ deviceId }) => deviceId === '1001');
    expect(changed).toMatchObject({ what: 'changed', name: 'Wall screen' });
    expect(changed?.fields).toEqual([
      { field: 'status.state', from: 'idle', to: 'offline' },
      { field: 'room', from: { id: 'room-big', name: '大会议室' }, to: { id: 'room-hut', name: 'Cabin 2' } },
      { field: 'firmware', from: null, to: 'F2' },
      { field: 'network.ip', from: '10.0.0.1', to: '10.0.0.9' },
    ]);
    const removed = said?.items.find(({ deviceId }) => deviceId === '10001');
    expect(removed?.fields).toEqual([{ field: 'status.state', from: 'idle', to: 'removed' }]);
    expect(said?.items.find(({ deviceId }) => deviceId === '4444')?.what).toBe('appeared');
  });

  test('show no difference between two moments without changes', async () => {
    const { past: said } = await fleet(past(began + HOUR, began + 2 * HOUR));
    expect(said).toMatchObject({ counts: { appeared: 0, disappeared: 0, changed: 0 }, items: [] });
    expect(said?.against).toBe(new Date(began + 2 * HOUR).toISOString());
  });

  test('list the differences of rooms and of one room', async () => {
    const { past: said } = await rooms(past(began + HOUR));
    const hut = said?.items.find(({ roomId }) => roomId === 'room-hut');
    expect(hut?.fields).toEqual([
      { field: 'name', from: 'Hut 2', to: 'Cabin 2' },
      { field: 'group', from: 'Hut', to: 'Cabin' },
      { field: 'devices', from: 'Hut screen', to: 'Hut screen, Wall screen' },
    ]);
    const one = await getRoom(app.services, admin, 'room-hut', past(began + HOUR));
    expect(one.past?.differs).toEqual(hut?.fields);
    expect(one.past?.items.map(({ deviceId }) => deviceId)).toEqual(['1001']);
  });

  test('contain nothing that a viewer may not see', async () => {
    const then = past(began + HOUR);
    const said = JSON.stringify([
      await fleet(then, viewer),
      await rooms(then, viewer),
      await getRoom(app.services, viewer, 'room-hut', then),
    ]).toLowerCase();
    for (const hidden of [...HIDDEN, '10.0.0.9']) expect(said).not.toContain(hidden);
    expect((await fleet({ ...then, q: '10.0.0.1' }, viewer)).total).toBe(0);
  });

  test('are empty before the first data, and give its time', async () => {
    const { items, past: said } = await fleet(past(began - HOUR));
    expect(items).toEqual([]);
    expect(Date.parse(said?.knownSince ?? '')).toBe(began);
    const asked = getRoom(app.services, admin, 'room-hut', past(began - HOUR));
    await expect(asked).rejects.toMatchObject({ reason: 'room-not-found.not-known-then' });
  });

  test('of a future moment are refused', async () => {
    const tomorrow = app.clock.now() + 24 * HOUR;
    const refused = { reason: 'invalid-question.moment' };
    await expect(fleet(past(tomorrow))).rejects.toMatchObject(refused);
    await expect(fleet(past(began, tomorrow))).rejects.toMatchObject(refused);
    await expect(rooms(past(tomorrow))).rejects.toMatchObject(refused);
    await expect(listRoomGroups(app.services, past(tomorrow))).rejects.toMatchObject(refused);
  });
});
