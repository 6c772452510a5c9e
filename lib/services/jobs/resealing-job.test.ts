import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { systemClock } from '#lib/server/system-clock.ts';
import { createChannelSeal } from '#lib/services/alerts/seal.ts';
import { createKeyring, type Keyring } from '#lib/store/sealing/keyring.ts';
import { openSqliteStore } from '#lib/store/sqlite.ts';
import type { Store } from '#lib/store/store.ts';
import { KEYS, SECRET } from '#lib/testing/keys.ts';
import { reading } from '#lib/testing/reading.ts';
import { startResealingJob } from './resealing-job.ts';

const NEWER = 'a newer secret of tests, long enough too';
const folder = mkdtempSync(join(tmpdir(), 'rooms-desk-sealing-'));
const REF = { by: 'deviceId', id: '1234' } as const;

/** Stores of processes with one AUTH_SECRET after the other. */
const stores: Store[] = [];
const open = async (keyring: Keyring) => {
  const store = await openSqliteStore(folder, keyring);
  stores.push(store);
  return store;
};

beforeAll(async () => {
  const store = await open(KEYS);
  for (let at = 1; at <= 250; at += 1) {
    await store.recordReading(REF, reading({ observedAt: at, device: { castCode: `code${at % 7}` } }));
  }
  const channel = { id: 'c1', name: 'one', kind: 'webhook', createdAt: 1, createdBy: 'x' };
  const target = { kind: 'webhook', url: 'https://hooks.example.com/x', secret: 's' } as const;
  await store.putChannel(channel as never, createChannelSeal(KEYS).seal('c1', target));
});
afterAll(async () => {
  for (const store of stores) await store.close();
  rmSync(folder, { recursive: true });
});

function sealing(store: Store, keyring: Keyring, of: Partial<Store> = {}, clock = systemClock) {
  const warn = vi.fn();
  const alerts = { seal: createChannelSeal(keyring) } as Parameters<typeof startResealingJob>[0]['alerts'];
  const context = {
    store: { ...store, ...of },
    clock,
    instanceId: `i${Math.random()}`,
    warn,
    alerts,
  };
  return { warn, ...startResealingJob(context) };
}

async function dueIn(store: Store): Promise<number> {
  let due = 0;
  for (let step = await store.findUnsealed(null); ; step = await store.findUnsealed(step.next)) {
    due += step.due;
    if (step.next === null) return due;
  }
}

test('a new AUTH_SECRET reseals everything, also after an interruption, including channels', async () => {
  const rotated = createKeyring(NEWER, [SECRET]);
  const store = await open(rotated);
  const all = await dueIn(store);
  expect(all).toBeGreaterThan(250);
  let steps = 0;
  const broken = sealing(store, rotated, {
    sealStored: (place) => {
      steps += 1;
      return steps > 1 ? Promise.reject(new Error('disk I/O error')) : store.sealStored(place);
    },
  });
  await vi.waitUntil(() => broken.warn.mock.calls.length > 0, { timeout: 60_000 });
  await broken.stop();
  expect(broken.warn).toHaveBeenCalledWith('sealing failed', { error: 'Error: disk I/O error' });
  const left = await dueIn(store);
  expect(left).toBeLessThan(all);
  expect(left).toBeGreaterThan(0);

  const going = sealing(store, rotated);
  const seal = createChannelSeal(createKeyring(NEWER));
  await vi.waitUntil(async () => seal.open('c1', (await store.channelById('c1'))?.sealed ?? '') !== null, {
    timeout: 15_000,
    interval: 50,
  });
  await going.stop();
  expect(await dueIn(await open(createKeyring(NEWER)))).toBe(0);
  expect(going.warn).not.toHaveBeenCalled();
});

test('values of an unknown secret are reported', async () => {
  const lost = createKeyring('yet another secret of tests, long enough');
  const resealing = sealing(await open(lost), lost);
  await vi.waitUntil(() => resealing.warn.mock.calls.length > 0, { timeout: 60_000 });
  await resealing.stop();
  expect(resealing.warn).toHaveBeenCalledWith('stored values of an unknown AUTH_SECRET', {
    rows: expect.any(Number),
  });
});

test('everything is checked again a day later, and then no more when nothing was left', async () => {
  const store = await open(createKeyring(NEWER));
  let passes = 0;
  const waited: number[] = [];
  const clock = { ...systemClock, sleep: async (ms: number) => void waited.push(ms) };
  const counting: Partial<Store> = {
    sealStored: (place) => {
      if (place === null) passes += 1;
      return store.sealStored(place);
    },
    takeLease: async () => ({ ...(await store.takeLease('sealing', 'test', 60_000)), held: passes < 5 }),
  };
  const going = sealing(store, createKeyring(NEWER), counting, clock);
  await vi.waitUntil(() => passes === 2, { timeout: 60_000 });
  await vi.waitUntil(() => waited.filter((ms) => ms === 24 * 60 * 60_000).length === 1);
  await going.stop();
  expect(passes).toBe(2);
});
