import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RETENTION_MS, type RetentionPlace } from '#lib/domain/history/retention.ts';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, instanceBeside, type TestEngine } from '#lib/testing/databases/engines.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 25, 8);
const EVE = { use: 'search', by: 'person', key: 'demo:eve', name: 'Eve' } as const;

describe.each(ENGINES)('counts of secret uses on $engine', ({ start }) => {
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

  test('count each use once, however many are concurrent', async () => {
    const when = { window: NOW, at: NOW + 1 };
    const counts = await Promise.all(Array.from({ length: 40 }, () => store.countSecretUse(EVE, when)));
    expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
  });

  test('count uses, people, addresses and hours separately', async () => {
    await store.countSecretUse(EVE, { window: NOW, at: NOW + 1 });
    const others = [
      { ...EVE, use: 'reveal' as const },
      { ...EVE, by: 'address' as const },
      { ...EVE, key: 'demo:EVE' },
    ];
    for (const other of others) {
      expect(await store.countSecretUse(other, { window: NOW, at: NOW + 2 })).toBe(1);
    }
    expect(await store.countSecretUse(EVE, { window: NOW + HOUR, at: NOW + HOUR })).toBe(1);
    expect(await store.countSecretUse({ ...EVE, name: 'E\0' }, { window: NOW, at: NOW + 3 })).toBe(2);
    const since = await store.secretUses(NOW);
    expect(since).toHaveLength(5);
    expect(since.slice(0, 2)).toEqual([
      { ...EVE, count: 1, lastAt: NOW + HOUR },
      { ...EVE, count: 2, lastAt: NOW + 3 },
    ]);
    expect(await store.secretUses(NOW + 1)).toHaveLength(1);
  });

  test('add up over all instances', async () => {
    const beside = await instanceBeside(engine, store);
    const when = { window: NOW, at: NOW };
    await store.countSecretUse(EVE, when);
    expect(await beside.countSecretUse(EVE, when)).toBe(2);
    expect(await store.countSecretUse(EVE, when)).toBe(3);
  });

  test('are deleted when the service issue that names them is over', async () => {
    const cut = NOW - RETENTION_MS.secretUses;
    await store.countSecretUse(EVE, { window: cut - 1, at: cut });
    await store.countSecretUse(EVE, { window: cut, at: cut });
    let place: RetentionPlace | null = null;
    do place = (await store.deleteOld(place, NOW)).next;
    while (place !== null);
    expect((await store.secretUses(0)).map(({ count, lastAt }) => [count, lastAt])).toEqual([[1, cut]]);
  });
});
