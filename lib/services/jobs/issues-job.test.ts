import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, openApp } from '#lib/testing/app.ts';
import { room } from '#lib/testing/fleet.ts';
import { reading } from '#lib/testing/reading.ts';
import { startIssuesJob } from './issues-job.ts';

let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const DAY = 24 * 60 * 60_000;
const FLOOR = ['1', '2', '3', '4'];

/** A floor of rooms with a device each, as after discovery. */
async function recordFloor(at: number) {
  const { store } = app.services;
  const { run } = await store.startDiscovery({ id: 'run', depth: 'full', startedBy: null, at });
  await store.recordRoomGroups(run.id, [{ id: 'floor', name: '12F', parentId: null }], at);
  for (const id of FLOOR) {
    await store.recordRoomDetail(
      run.id,
      room({ id: `room-${id}`, name: `Room ${id}`, groupId: 'floor' }),
      at,
    );
    await report(id, at);
  }
  await store.finishDiscovery(run.id, at);
}

const report = (
  id: string,
  observedAt: number,
  said: { offline?: boolean; ip?: string; firmware?: string } = {},
) =>
  app.services.store.recordReading(
    { by: 'deviceId', id },
    reading({
      observedAt,
      source: 'sweep',
      device: {
        deviceId: id,
        unionId: `union-${id}`,
        name: `Device ${id}`,
        model: 'winbox',
        firmware: said.firmware ?? 'V1',
        activatedAt: '2023-10-13T11:54:05.000Z',
        room: { id: `room-${id}`, name: `Room ${id}` },
        status: said.offline ? { state: 'offline', raw: 'offline' } : { state: 'idle', raw: 'idle' },
        network: { type: 'wired', ssid: null, ip: said.ip ?? `10.0.0.${id}`, wifiMac: null, wiredMac: null },
        peripherals: { camera: 'Cam', microphone: 'Mic', speaker: 'Spk', mirror: null, hdmi: null },
      },
    }),
  );

const shown = async () => {
  const { fleet } = await app.services.inventory.current();
  return Object.fromEntries(FLOOR.map((id) => [id, fleet.get(id)?.device.issues]));
};

test('issues are stored as they begin and end, including those of neighboring devices', async () => {
  const began = app.clock.now() - 10_000;
  await recordFloor(began);
  const keeping = startIssuesJob(app.services);
  try {
    await expect.poll(shown).toEqual({ 1: [], 2: [], 3: [], 4: [] });

    await report('1', began + 1, { offline: true });
    await expect.poll(shown).toEqual({ 1: ['offline'], 2: [], 3: [], 4: [] });

    // The whole floor goes offline: the issue of one device becomes that of the floor, also for the first.
    await report('2', began + 2, { offline: true });
    await report('3', began + 3, { offline: true });
    const floors = ['offline-with-neighbours'];
    await expect.poll(shown).toEqual({ 1: floors, 2: floors, 3: floors, 4: [] });

    for (const [at, id] of FLOOR.entries()) await report(id, began + 10 + at);
    await expect.poll(shown).toEqual({ 1: [], 2: [], 3: [], 4: [] });

    // Two devices with one address: an issue of both, which ends on both when one changes its address.
    await report('4', began + 20, { ip: '10.0.0.1' });
    await expect.poll(shown).toEqual({ 1: ['shared-ip'], 2: [], 3: [], 4: ['shared-ip'] });
    await report('4', began + 30);
    await expect.poll(async () => (await shown())[4]).toEqual([]);
  } finally {
    await keeping.stop();
  }
  expect(app.warnings).toEqual([]);
});

test('an instance that takes over evaluates all devices, with the changes of time', async () => {
  app.clock.move(2 * DAY);
  const keeping = startIssuesJob(app.services);
  try {
    const stale = ['stale'];
    await expect.poll(shown).toEqual({ 1: stale, 2: stale, 3: stale, 4: stale });
    await report('1', app.clock.now(), { firmware: 'V2' });
    await report('2', app.clock.now(), { firmware: 'V2' });
    await report('3', app.clock.now(), { firmware: 'V2' });
    await expect.poll(shown).toEqual({ 1: [], 2: [], 3: [], 4: ['stale'] });
    // The versions of its model have changed; it is evaluated again at its next reading.
    await report('4', app.clock.now());
    await expect.poll(shown).toEqual({ 1: [], 2: [], 3: [], 4: ['firmware-behind'] });
  } finally {
    await keeping.stop();
  }
});

test('a removed device has no issues', async () => {
  const keeping = startIssuesJob(app.services);
  try {
    await app.services.store.markDeviceRemoved({ by: 'deviceId', id: '4' }, app.clock.now() + 1);
    await expect.poll(async () => (await shown())[4]).toEqual([]);
  } finally {
    await keeping.stop();
  }
});
