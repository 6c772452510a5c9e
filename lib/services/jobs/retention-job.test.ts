import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { RETENTION_MS } from '#lib/domain/history/retention.ts';
import { systemClock } from '#lib/server/system-clock.ts';
import { openSqliteStore } from '#lib/store/sqlite.ts';
import type { Store } from '#lib/store/store.ts';
import { KEYS } from '#lib/testing/keys.ts';
import { startRetentionJob } from './retention-job.ts';

let store: Store;
const folder = mkdtempSync(join(tmpdir(), 'rooms-desk-tidy-'));
beforeAll(async () => {
  store = await openSqliteStore(folder, KEYS);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const tidying = (warn = vi.fn(), of: Partial<Store> = {}) => ({
  warn,
  ...startRetentionJob({
    store: { ...store, ...of },
    clock: systemClock,
    instanceId: `i${Math.random()}`,
    warn,
  }),
});
const events = async () => (await store.events({ deviceId: null, type: null }, null, 9)).items;
const sendOld = (eventId: string) => {
  const at = Date.now() - RETENTION_MS.history - 1;
  const event = { eventId, type: 't', bornAt: at, body: {} };
  return store.recordEvent(event, { kind: 'unrecognised', device: null, at }, { transport: 'stream', at });
};

test('old data is deleted automatically in one of the instances, and not again for a day', async () => {
  await sendOld('old');
  const [one, other] = [tidying(), tidying()];
  await vi.waitUntil(async () => (await store.retentionRanAt()) > 0, { timeout: 60_000, interval: 20 });
  await Promise.all([one.stop(), other.stop()]);
  expect(await events()).toEqual([]);
  const at = await store.retentionRanAt();
  await sendOld('another');
  const again = tidying();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await again.stop();
  expect([await store.retentionRanAt(), (await events()).length]).toEqual([at, 1]);
});

test('a failing step is reported, and stopping waits for none', async () => {
  const warn = vi.fn();
  const broken = tidying(warn, { retentionRanAt: () => Promise.reject(new Error('disk I/O error')) });
  await vi.waitUntil(() => warn.mock.calls.length > 0);
  expect(warn).toHaveBeenCalledWith('tidying failed', { error: expect.stringContaining('disk I/O error') });
  await broken.stop();
});
