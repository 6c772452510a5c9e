import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EVERY_DEVICE, EVERY_ROOM } from '#lib/domain/fleet-question.ts';
import { listFleet } from '#lib/services/list-fleet.ts';
import { listRooms } from '#lib/services/list-rooms.ts';
import { lookUp } from '#lib/services/look-up.ts';
import { startDiscovery } from '#lib/services/start-discovery.ts';
import { type Desk, explain, openDesk, person } from '#lib/testing/desk.ts';
import { discover } from './discover.ts';

const ALL = { cursor: null, limit: 200 };
const admin = person('admin');
const never = new AbortController().signal;

type World = { counts: { rooms: number; devices: number; groups: number } };

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({
    flags: ['--rooms', '230', '--qps', '0', '--monthly', '1000000'],
    callsPerSecond: 60,
  });
});
afterAll(() => desk.close());
beforeEach(() => desk.reset());

const run = async () => {
  await startDiscovery(desk.services, admin);
  await discover(desk.services, never);
  return desk.services.store.latestDiscovery();
};

describe('discovery', () => {
  test('finds every room, group and device, each with one call', { timeout: 60_000 }, async () => {
    const world = await desk.simulator.control<World>('GET', '/world');
    expect(await run()).toMatchObject({
      state: 'done',
      pages: 3,
      rooms: { failed: 0 },
      devices: { failed: 0 },
    });
    const rooms = await listRooms(desk.services, admin, EVERY_ROOM, ALL);
    expect(rooms.total).toBe(world.counts.rooms);
    const fleet = await listFleet(desk.services, admin, EVERY_DEVICE, ALL);
    console.log(world.counts, fleet.total, await desk.simulator.control('GET', '/calls'));
  });
});
