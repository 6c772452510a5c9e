import { describe, expect, test } from 'vitest';
import { createSessionCache, isNull } from './session-cache.ts';

function scene() {
  let elapsed = 0;
  let reads = 0;
  const cached = createSessionCache<{ n: number }>({ elapsed: () => elapsed }, isNull);
  const load = async () => ({ n: ++reads });
  return { cached, load, wait: (ms: number) => (elapsed += ms), reads: () => reads };
}

describe('the session cache', () => {
  test('is valid for a second, and reads the store once for many concurrent requests', async () => {
    const { cached, load, wait, reads } = scene();
    const all = await Promise.all([1, 2, 3].map(() => cached.recall('a', load)));
    expect(all).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
    wait(999);
    expect(cached.recall('a', load), 'at once, without a promise').toEqual({ n: 1 });
    wait(1);
    expect(await cached.recall('a', load)).toEqual({ n: 2 });
    expect(reads()).toBe(2);
  });

  test('is invalid once something has ended, including what was being read then', async () => {
    const { cached, load } = scene();
    let answer = (_: { n: number }) => {};
    const before = cached.recall('a', () => new Promise((resolve) => (answer = resolve)));
    cached.forget();
    const after = cached.recall('a', load);
    expect(await after, 'it does not wait for the older reading').toEqual({ n: 1 });
    answer({ n: 0 });
    expect(await before).toEqual({ n: 0 });
    expect(await cached.recall('a', load)).toEqual({ n: 1 });
  });

  test('holds no result when the store cannot be read, and reads again next time', async () => {
    const { cached, load, wait } = scene();
    await cached.recall('a', load);
    wait(1_000);
    await expect(cached.recall('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(await cached.recall('a', load)).toEqual({ n: 2 });
  });

  test('stores no entry for an invalid key', async () => {
    const { cached, load } = scene();
    await cached.recall('real', load);
    for (let guess = 0; guess < 20_000; guess += 1) await cached.recall(`guess ${guess}`, async () => null);
    expect(cached.recall('real', load)).toEqual({ n: 1 });
  });
});
