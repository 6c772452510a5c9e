import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Device } from '#lib/domain/devices/device.ts';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { controller, reading } from '#lib/testing/reading.ts';
import type { ChangeAsked } from './preceding-changes.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe.each(ENGINES)('preceding changes on $engine', ({ start }) => {
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

  const read = (deviceId: string, at: number, said: Partial<Device>) =>
    store.recordReading(
      { by: 'deviceId', id: deviceId },
      reading({ observedAt: at, device: { ...said, deviceId, unionId: null } }),
    );
  /** A device that got a firmware at one moment and lost a microphone at another. */
  async function wave(deviceId: string, firmware: string, gotAt: number, lostAt: number | null) {
    await read(deviceId, gotAt - HOUR, { firmware: '1.0' });
    await read(deviceId, gotAt, { firmware });
    if (lostAt !== null) await store.recordIssues(deviceId, ['microphone-lost'], lostAt);
  }
  const firmware = (to: string): ChangeAsked => ({ of: 'unit', field: 'firmware', to });
  const count = (changes: ChangeAsked[], except = { deviceKey: 'none', at: 0 }) =>
    store.countBefore('microphone-lost', changes, { within: DAY, except });

  test('counts the cases that the same change preceded within the time, and no others', async () => {
    await wave('1', '2.0', 10 * DAY, 10 * DAY + HOUR);
    await wave('2', '2.0', 10 * DAY, 10 * DAY);
    await wave('3', '2.0', 10 * DAY, 11 * DAY);
    await wave('4', '2.0', 10 * DAY, 10 * DAY - 1);
    await wave('5', '1.5', 10 * DAY, 10 * DAY + HOUR);
    await wave('6', '2.0', 10 * DAY, null);
    expect(await count([firmware('2.0'), firmware('1.5'), firmware('9')])).toEqual({
      cases: 5,
      // A day later is not within a day any more, and what came after it did not come before it.
      had: [2, 1, 0],
    });
  });

  test('omits the case in question, and not an earlier one of the same device', async () => {
    await wave('1', '2.0', 10 * DAY, 10 * DAY + HOUR);
    await wave('2', '2.0', 10 * DAY, 10 * DAY + HOUR);
    await store.recordIssues('1', [], 11 * DAY);
    await store.recordIssues('1', ['microphone-lost'], 20 * DAY);
    expect(await count([firmware('2.0')], { deviceKey: '1', at: 20 * DAY })).toEqual({ cases: 2, had: [2] });
    expect(await count([firmware('2.0')], { deviceKey: '1', at: 10 * DAY })).toEqual({ cases: 1, had: [1] });
  });

  test('treats the controllers of all devices alike', async () => {
    for (const [deviceId, panel] of [
      ['1', '21'],
      ['2', 'a.b'],
    ] as const) {
      const at = (model: string) => ({ controllers: [controller({ deviceId: panel, model })] });
      await read(deviceId, DAY, at('P1'));
      await read(deviceId, DAY + HOUR, at('P2'));
      await store.recordIssues(deviceId, ['microphone-lost'], DAY + 2 * HOUR);
    }
    expect(await count([{ of: 'panel', field: 'model', to: 'P2' }])).toEqual({ cases: 2, had: [2] });
    expect(await count([{ of: 'unit', field: 'model', to: 'P2' }])).toEqual({ cases: 2, had: [0] });
  });

  test('finds no cases of what never happened, and counts other issues separately', async () => {
    await wave('1', '2.0', DAY, DAY + 1);
    expect(await count([])).toEqual({ cases: 1, had: [] });
    expect(
      await store.countBefore('offline', [firmware('2.0')], {
        within: DAY,
        except: { deviceKey: '', at: 0 },
      }),
    ).toEqual({ cases: 0, had: [0] });
  });

  test('a list contains the camera of a device', async () => {
    await read('1', DAY, {
      peripherals: { camera: 'Cam', microphone: null, speaker: null, mirror: null, hdmi: null },
    });
    expect((await store.devicesByKeys(['1']))[0]?.camera).toBe('Cam');
    expect((await store.devicesThen(DAY, null, 9))[0]?.camera).toBe('Cam');
  });
});
