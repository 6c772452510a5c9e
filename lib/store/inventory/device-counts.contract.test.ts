import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';

describe.each(ENGINES)('device counts on $engine', ({ start }) => {
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

  const countsAt = (at: number, offline = 1) => ({ at, known: 5, offline, attention: 2 });

  test('are returned oldest first from a moment on', async () => {
    for (const at of [3_000, 1_000, 2_000]) await store.recordDeviceCounts(countsAt(at), 0);
    expect(await store.deviceCountsSince(2_000)).toEqual([countsAt(2_000), countsAt(3_000)]);
  });

  test('are stored once for a moment: the first ones stay', async () => {
    await store.recordDeviceCounts(countsAt(1_000, 1), 0);
    await store.recordDeviceCounts(countsAt(1_000, 4), 0);
    expect(await store.deviceCountsSince(0)).toEqual([countsAt(1_000, 1)]);
  });

  test('are deleted when they are older than they are kept', async () => {
    await store.recordDeviceCounts(countsAt(1_000), 0);
    await store.recordDeviceCounts(countsAt(5_000), 2_000);
    expect(await store.deviceCountsSince(0)).toEqual([countsAt(5_000)]);
  });
});
