import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#lib/domain/access/operator.ts';
import type { Device } from '#lib/domain/devices/device.ts';
import { type App, openApp, person } from '#lib/testing/app.ts';
import { reading } from '#lib/testing/reading.ts';
import { sharedAttributes } from './shared-attributes.ts';

let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());
beforeEach(() => app.reset());

async function record(deviceId: string, ip: string, said: Partial<Device>, sick: boolean) {
  const { store, clock } = app.services;
  const network = { type: 'wired', ssid: null, ip, wifiMac: null, wiredMac: null } as const;
  await store.recordReading(
    { by: 'deviceId', id: deviceId },
    reading({
      observedAt: clock.now() - 1_000,
      source: 'sweep',
      device: { unionId: null, network, ...said, deviceId },
    }),
  );
  if (sick) await store.recordIssues(deviceId, ['offline'], clock.now());
}

const common = (role: Role = 'support') => sharedAttributes(app.services, person(role), 'offline');

describe('the shared attributes of devices with one issue', () => {
  test('are counted among those that have them and those that do not', async () => {
    for (let at = 1; at <= 6; at++) await record(`a${at}`, `10.20.31.${at}`, { model: 'M1' }, true);
    for (let at = 7; at <= 8; at++) await record(`a${at}`, `10.20.31.${at}`, { model: 'M1' }, false);
    for (let at = 1; at <= 20; at++) await record(`b${at}`, `10.20.${at}.1`, { model: 'M1' }, false);
    expect(await common()).toMatchObject({
      issue: 'offline',
      devices: 6,
      others: 22,
      common: [
        {
          attribute: 'subnet',
          value: '10.20.31.0/24',
          with: { have: 6, of: 6 },
          without: { have: 2, of: 22 },
        },
      ],
    });
    // 28 devices, of which 8 in the subnet: C(8,6) of C(28,6); one model and one subnet were tested.
    expect((await common()).common[0]?.chance).toBeCloseTo((28 / 376_740) * 2, 10);
  });

  test('omit addresses for roles that may not see them', async () => {
    const bad = {
      firmware: 'bad',
      peripherals: { camera: 'C', microphone: null, speaker: null, mirror: null, hdmi: null },
    };
    for (let at = 1; at <= 6; at++) await record(`a${at}`, `10.20.31.${at}`, bad, true);
    for (let at = 1; at <= 20; at++) await record(`b${at}`, `10.20.32.${at}`, { firmware: 'good' }, false);
    expect((await common()).common.map(({ attribute }) => attribute)).toEqual([
      'subnet',
      'firmware',
      'camera',
    ]);
    const seen = await common('viewer');
    expect(seen.common.map(({ attribute }) => attribute)).toEqual(['firmware', 'camera']);
    expect(JSON.stringify(seen)).not.toContain('10.20');
  });

  test('are empty while no device has the issue, or every device', async () => {
    await record('a', '10.1.1.1', { model: 'M' }, false);
    expect(await common()).toEqual({ issue: 'offline', devices: 0, others: 1, common: [] });
    for (const id of ['a', 'b', 'c']) await record(id, '10.1.1.1', { model: 'M' }, true);
    expect(await common()).toEqual({ issue: 'offline', devices: 3, others: 0, common: [] });
  });
});
