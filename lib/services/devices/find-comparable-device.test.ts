import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#lib/domain/access/operator.ts';
import type { Device } from '#lib/domain/devices/device.ts';
import { type App, openApp, person } from '#lib/testing/app.ts';
import { room } from '#lib/testing/fleet.ts';
import { reading } from '#lib/testing/reading.ts';
import { findComparableDevice } from './find-comparable-device.ts';

let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.reset();
  await tree();
});

/** Two floors of one house and one of another, with a room on each. */
async function tree() {
  const { store, clock } = app.services;
  const at = clock.now() - 10_000;
  const { run } = await store.startDiscovery({ id: 'run', depth: 'full', startedBy: null, at });
  const group = (id: string, parentId: string | null) => ({ id, name: id, parentId });
  const groups = [group('house', null), group('other', null)];
  const floors = [group('floor1', 'house'), group('floor2', 'house'), group('floor9', 'other')];
  await store.recordRoomGroups(run.id, [...groups, ...floors], at);
  for (const { id } of floors)
    await store.recordRoomDetail(run.id, room({ id: `room-${id}`, name: id, groupId: id }), at);
}

const wired = (ip: string) => ({ type: 'wired', ssid: null, ip, wifiMac: null, wiredMac: null }) as const;
const SICK = { state: 'offline', raw: 'offline' } as const;

type Said = Partial<Device> & { floor?: string; ip?: string };

async function record(deviceId: string, { floor, ip, ...said }: Said = {}, ago = 1_000) {
  await app.services.store.recordReading(
    { by: 'deviceId', id: deviceId },
    reading({
      observedAt: app.clock.now() - ago,
      source: 'sweep',
      device: {
        model: 'M',
        name: `Device ${deviceId}`,
        unionId: null,
        firmware: '1.0',
        ...(floor && { room: { id: `room-${floor}`, name: floor } }),
        ...(ip && { network: wired(ip) }),
        ...said,
        deviceId,
      },
    }),
  );
}

const comparable = async (role: Role = 'support', id = '1') =>
  (await findComparableDevice(app.services, person(role), { by: 'deviceId', id })).comparable;

describe('a comparable device', () => {
  test('is searched on the floor, in the building, in the subnet, by firmware, and then anywhere', async () => {
    await record('1', { floor: 'floor1', ip: '10.1.1.1', status: SICK });
    expect(await comparable()).toBeNull();
    await record('2', { floor: 'floor9', firmware: '9' });
    expect(await comparable()).toMatchObject({ deviceId: '2', near: 'model' });
    await record('3', { floor: 'floor9' });
    expect(await comparable()).toMatchObject({ deviceId: '3', near: 'firmware' });
    await record('4', { floor: 'floor9', ip: '10.1.1.9', firmware: '9' });
    expect(await comparable()).toMatchObject({ deviceId: '4', near: 'subnet' });
    expect(await comparable('viewer'), 'a viewer learns nothing of subnets').toMatchObject({ deviceId: '3' });
    await record('5', { floor: 'floor2', firmware: '9' });
    expect(await comparable()).toMatchObject({ deviceId: '5', near: 'parent-group' });
    await record('6', { floor: 'floor1', firmware: '9' });
    expect(await comparable()).toEqual({
      deviceId: '6',
      name: 'Device 6',
      roomName: 'floor1',
      near: 'group',
    });
  });

  test('has the same model, no issues, and is not removed', async () => {
    await record('1', { floor: 'floor1' });
    await record('2', { floor: 'floor1', model: 'other' });
    await record('3', { floor: 'floor1', status: SICK });
    await record('4', { floor: 'floor1', status: { state: 'unknown', raw: 'new' } });
    await record('5', { floor: 'floor1' });
    await app.services.store.recordIssues('5', ['shared-ip'], app.clock.now());
    expect(await comparable()).toBeNull();
    await app.services.store.recordIssues('5', ['stale'], app.clock.now());
    expect(await comparable(), 'a notice is no illness').toMatchObject({ deviceId: '5' });
  });

  test('of several candidates has the same firmware and the latest reading', async () => {
    await record('1', { floor: 'floor1' });
    await record('2', { floor: 'floor1', firmware: '9' }, 100);
    await record('3', { floor: 'floor1' }, 900);
    await record('4', { floor: 'floor1' }, 500);
    expect(await comparable()).toMatchObject({ deviceId: '4' });
  });

  test('is not searched where the device or its model is unknown', async () => {
    await record('1', { model: null });
    await record('2', { model: null });
    expect(await comparable()).toBeNull();
    expect(await comparable('support', 'nobody')).toBeNull();
  });
});
