import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceStatus } from '#lib/domain/devices/device-status.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import { type App, openApp, person } from '#lib/testing/app.ts';
import { recordKnownWorld } from '#lib/testing/known-world.ts';
import { reading } from '#lib/testing/reading.ts';
import { getOverview, recordDeviceCounts } from './overview.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());
beforeEach(() => app.reset());

async function record(deviceId: string, issues: IssueCode[], state: DeviceStatus['state'] = 'idle') {
  const { store, clock } = app.services;
  const device = { deviceId, unionId: null, name: `Device ${deviceId}`, status: { state, raw: null } };
  const ref = { by: 'deviceId', id: deviceId } as const;
  await store.recordReading(ref, reading({ observedAt: clock.now(), source: 'sweep', device }));
  await store.recordIssues(deviceId, issues, clock.now());
}

const overview = (role: 'viewer' | 'support' = 'support') => getOverview(app.services, person(role));
const listed = async () => (await overview()).items.map(({ device }) => device.deviceId);

describe('the overview', () => {
  test('has nothing to say without devices', async () => {
    expect(await overview()).toMatchObject({
      known: 0,
      critical: 0,
      warning: 0,
      info: 0,
      offline: 0,
      updated: null,
      items: [],
      common: [],
    });
  });

  test('counts every device once, by its most severe issue', async () => {
    await record('1', ['offline', 'no-room', 'stale'], 'offline');
    await record('2', ['no-room', 'stale']);
    await record('3', ['stale']);
    await record('4', []);
    expect(await overview()).toMatchObject({ known: 4, critical: 1, warning: 1, info: 1, offline: 1 });
  });

  test('lists critical issues before warnings, the longest-lasting first, and leaves information out', async () => {
    await record('warned', ['no-room']);
    app.clock.pass(MINUTE_MS);
    await record('newer', ['offline'], 'offline');
    app.clock.pass(MINUTE_MS);
    await record('informed', ['stale']);
    await record('newest', ['shared-ip', 'no-room']);
    expect(await listed()).toEqual(['newer', 'newest', 'warned']);
    await record('newer', []);
    expect(await listed()).toEqual(['newest', 'warned']);
  });

  test('gives each device the path of its room', async () => {
    await recordKnownWorld(app.services.store, app.services.clock.now());
    await app.services.store.recordIssues('1001', ['offline'], app.services.clock.now());
    const [item] = (await overview()).items;
    expect(item?.device.room?.name).toBe('大会议室');
    expect(item?.path.length).toBeGreaterThan(0);
  });

  test('conceals from a viewer what the list of devices conceals', async () => {
    await record('1', ['offline'], 'offline');
    const [item] = (await overview('viewer')).items;
    expect(item?.device.network.ip).toEqual({ concealed: true });
  });

  test('says what devices with the same issue have in common', async () => {
    const { store, clock } = app.services;
    for (let at = 0; at < 24; at += 1) {
      const isSick = at < 6;
      const device = { deviceId: `${at}`, unionId: null, firmware: isSick ? 'bad' : 'good' };
      const ref = { by: 'deviceId', id: `${at}` } as const;
      await store.recordReading(ref, reading({ observedAt: clock.now(), source: 'sweep', device }));
      if (isSick) await store.recordIssues(`${at}`, ['camera-lost'], clock.now());
    }
    expect((await overview()).common).toMatchObject([
      { issue: 'camera-lost', devices: 6, common: [{ attribute: 'firmware', value: 'bad' }] },
    ]);
  });

  test('shows how many needed attention in the last 24 hours, one count in 15 minutes and the present one', async () => {
    // To the beginning of the next 15 minutes.
    app.clock.move(15 * MINUTE_MS - (app.clock.now() % (15 * MINUTE_MS)));
    await record('1', ['offline'], 'offline');
    await recordDeviceCounts(app.services);
    app.clock.pass(MINUTE_MS);
    await record('2', ['no-room']);
    // The same quarter of an hour is counted once.
    await recordDeviceCounts(app.services);
    app.clock.pass(HOUR_MS);
    await recordDeviceCounts(app.services);
    const { trend } = await overview();
    expect(trend.map(({ offline, attention }) => [offline, attention])).toEqual([
      [1, 1],
      [1, 2],
      [1, 2],
    ]);
    app.clock.pass(25 * HOUR_MS);
    expect((await overview()).trend).toHaveLength(1);
  });
});
