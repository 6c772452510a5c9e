import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { reading } from '#lib/testing/reading.ts';
import type { Store } from './store.ts';

const BY_ID = { by: 'deviceId', id: '1234' } as const;
const BY_UNION = { by: 'unionId', id: 'lmvU' } as const;

const LATE = { now: Number.MAX_SAFE_INTEGER };

describe.each(ENGINES)('readings on $engine', ({ start }) => {
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

  test('an unknown device has no reading', async () => {
    expect(await store.latestReading(BY_ID, LATE)).toBeNull();
  });

  test('returns a reading completely under either ID', async () => {
    const kept = reading({ raw: { deviceName: 'x\u0000\ud800', nested: { __proto__: 1 } } });
    await store.recordReading(BY_ID, kept);
    expect(await store.latestReading(BY_ID, LATE)).toEqual(JSON.parse(JSON.stringify(kept)));
    expect(await store.latestReading(BY_UNION, LATE)).toEqual(await store.latestReading(BY_ID, LATE));
  });

  test('finds an answer that omits its own ID by the ID of the query', async () => {
    await store.recordReading(BY_UNION, reading({ device: { unionId: null } }));
    expect(await store.latestReading(BY_UNION, LATE)).not.toBeNull();
  });

  test('keeps the newest reading, in whatever order readings arrive', async () => {
    const times = fc.uniqueArray(fc.integer({ min: 1, max: 1e15 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(times, fc.uuid(), async (moments, id) => {
        for (const observedAt of moments) {
          await store.recordReading(
            { by: 'deviceId', id },
            reading({ observedAt, device: { deviceId: id } }),
          );
        }
        const latest = await store.latestReading({ by: 'deviceId', id }, LATE);
        expect(latest?.observedAt).toBe(Math.max(...moments));
      }),
      { numRuns: fuzzRuns(15, 2_000) },
    );
  });

  test('distinguishes the newest reading for one operator from those for others', async () => {
    await store.recordReading(BY_ID, reading({ observedAt: 1, operatorUnionId: 'anna' }));
    await store.recordReading(BY_ID, reading({ observedAt: 2, operatorUnionId: 'ben' }));
    expect((await store.latestReading(BY_ID, { ...LATE, operatorUnionId: 'anna' }))?.observedAt).toBe(1);
    expect(await store.latestReading(BY_ID, { ...LATE, operatorUnionId: 'carol' })).toBeNull();
  });

  test('resolves a union ID to the device that it was last queried for, not to the controller that also has it', async () => {
    const panel = { deviceId: '2345', unionId: 'lmvU' };
    await store.recordReading(BY_ID, reading({ observedAt: 1 }));
    await store.recordReading({ by: 'deviceId', id: '2345' }, reading({ observedAt: 2, device: panel }));
    expect(await store.latestReading(BY_UNION, LATE)).toBeNull();
    await store.recordReading(BY_UNION, reading({ observedAt: 3 }));
    await store.recordReading({ by: 'deviceId', id: '2345' }, reading({ observedAt: 4, device: panel }));
    await store.recordReading(BY_ID, reading({ observedAt: 5 }));
    expect(await store.latestReading(BY_UNION, LATE)).toMatchObject({
      observedAt: 5,
      device: { deviceId: '1234' },
    });
  });

  test('uses a reading from the future only when there is no other', async () => {
    await store.recordReading(BY_ID, reading({ observedAt: 100 }));
    expect((await store.latestReading(BY_ID, { now: 50 }))?.observedAt).toBe(100);
    await store.recordReading(BY_ID, reading({ observedAt: 40 }));
    expect((await store.latestReading(BY_ID, { now: 50 }))?.observedAt).toBe(40);
  });

  test('treats readings of one device at the same moment as one device', async () => {
    for (let times = 0; times < 3; times++) await store.recordReading(BY_ID, reading());
    expect(await store.devicesAfter(null, 5)).toHaveLength(1);
  });

  test('returns at once what another process wrote', async () => {
    expect(await store.latestReading(BY_ID, LATE)).toBeNull();
    const other = await engine.open();
    await other.recordReading(BY_ID, reading());
    expect(await store.latestReading(BY_ID, LATE)).toEqual(reading());
    await other.close();
  });

  test('does not return old data to a query that was under way during a write', async () => {
    for (let observedAt = 1; observedAt <= 50; observedAt++) {
      const writing = store.recordReading(BY_ID, reading({ observedAt }));
      const asked = store.latestReading(BY_ID, LATE);
      await Promise.all([writing, asked]);
      expect((await store.latestReading(BY_ID, LATE))?.observedAt).toBe(observedAt);
    }
  });

  test('resolves a union ID of two devices that was never queried to neither', async () => {
    for (const id of ['1', '2', '3']) {
      await store.recordReading({ by: 'deviceId', id }, reading({ device: { deviceId: id } }));
    }
    expect(await store.latestReading(BY_UNION, LATE)).toBeNull();
  });

  test('stores a reading with text that databases reject', async () => {
    const hostile = 'a\u0000b\ud800'.repeat(2_000);
    const kept = reading({ operatorUnionId: hostile, device: { deviceId: hostile, name: hostile } });
    await store.recordReading({ by: 'unionId', id: 'odd' }, kept);
    const found = await store.latestReading({ by: 'unionId', id: 'odd' }, LATE);
    expect(found?.device).toEqual(JSON.parse(JSON.stringify(kept.device)));
    expect(await store.latestReading({ by: 'deviceId', id: hostile }, LATE)).toEqual(found);
  });

  test('remembers a refusal for its operator, under any of the queried IDs', async () => {
    await store.recordRefusal(BY_ID, 'anna', 10);
    expect(await store.lastRefusal([BY_UNION, BY_ID], 'anna')).toBe(10);
    expect(await store.lastRefusal([BY_UNION], 'anna')).toBeNull();
    expect(await store.lastRefusal([BY_ID], 'ben')).toBeNull();
  });

  test('does not replace a newer refusal by an older one that arrives late', async () => {
    await store.recordRefusal(BY_ID, 'anna', 10);
    await store.recordRefusal(BY_ID, 'anna', 5);
    expect(await store.lastRefusal([BY_ID], 'anna')).toBe(10);
    await store.recordRefusal(BY_ID, 'anna', 15);
    expect(await store.lastRefusal([BY_ID], 'anna')).toBe(15);
  });

  test('keeps everything after it was closed and opened again', async () => {
    await store.recordReading(BY_ID, reading());
    await store.close();
    store = await engine.open();
    expect(await store.latestReading(BY_ID, LATE)).toEqual(reading());
  });
});
