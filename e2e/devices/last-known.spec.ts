import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { APIRequestContext } from '@playwright/test';
import { expect, test } from '../support/app.ts';
import { openApp } from '../support/app-process.ts';
import { requestsAs, signInByRequest } from '../support/request-as.ts';

const HOUR_MS = 3_600_000;
const PRELOAD = pathToFileURL(join(import.meta.dirname, '../support/movable-clock.mjs')).href;

type Rows = {
  items: { deviceId: string; status: { state: string; current: boolean } }[];
  facets: { status: { value: string; count: number }[] };
};

test('a status that nothing vouches for any more is shown, counted and filtered as last known', async ({
  browser,
}) => {
  const dir = mkdtempSync(join(tmpdir(), 'rooms-desk-clock-'));
  const file = join(dir, 'ahead');
  const moveTo = (ms: number) => writeFileSync(file, String(ms));
  moveTo(0);
  const env = { NODE_OPTIONS: `--import=${PRELOAD}`, CLOCK_AHEAD_FILE: file };
  const { app, close } = await openApp({ env });
  let support = await requestsAs('support', app.url);
  const ask = (deviceId: string) => support.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
  try {
    const [off, free] = [await app.unseenDevice(), await app.unseenDevice()];
    await app.simulator.control('PATCH', `/devices/${off}`, {
      deviceStatus: 'offline',
      deviceName: 'Gone dark',
    });
    await app.simulator.control('PATCH', `/devices/${free}`, {
      deviceStatus: 'idle',
      deviceName: 'Free one',
    });
    for (const deviceId of [off, free]) expect((await ask(deviceId)).status()).toBe(200);
    expect(await statuses(support)).toEqual({ offline: 1, idle: 1 });

    // Viewers never query DingTalk, so what they see grows old.
    const context = await browser.newContext({ baseURL: app.url, extraHTTPHeaders: { origin: app.url } });
    await signInByRequest(context.request, 'viewer');
    const page = await context.newPage();
    await page.goto(`/devices/${off}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Gone dark');
    await expect(page.getByText(/Last known:/)).toHaveCount(0);

    moveTo(3 * HOUR_MS + 60_000);
    await page.reload();
    await expect(page.getByText(/^Last known: Offline, 3 h ago$/).first()).toBeVisible();
    await page.goto(`/devices/${free}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Free one');
    await expect(page.getByText(/Last known:/), 'other statuses hold for a day').toHaveCount(0);
    expect(await statuses(support)).toEqual({ 'last-known': 1, idle: 1 });
    expect(await found(support, 'offline')).toEqual([]);
    expect(await found(support, 'last-known')).toEqual([[off, 'offline', false]]);

    // Sessions end within a day.
    moveTo(24 * HOUR_MS + 120_000);
    await support.dispose();
    support = await requestsAs('support', app.url);
    expect(await found(support, 'last-known')).toHaveLength(2);
    const again = await browser.newContext({ baseURL: app.url, extraHTTPHeaders: { origin: app.url } });
    await signInByRequest(again.request, 'viewer');
    const list = await again.newPage();
    await list.goto('/devices?status=last-known');
    await expect(list.getByRole('row', { name: /Gone dark/ })).toContainText(
      'Last known: Offline, 1 day ago',
    );
    await expect(list.getByRole('row', { name: /Free one/ })).toContainText('Last known: Free, 1 day ago');
    await expect(list.getByRole('link', { name: /2\s*Last known/ })).toBeVisible();

    expect((await ask(off)).status()).toBe(200);
    expect(await statuses(support)).toEqual({ offline: 1, 'last-known': 1 });
    await again.close();
    await context.close();
  } finally {
    await support.dispose();
    await close();
    rmSync(dir, { recursive: true, force: true });
  }
});

const list = async (support: APIRequestContext, query = ''): Promise<Rows> =>
  (await support.get(`/api/v1/devices${query}`)).json();

const statuses = async (support: APIRequestContext) =>
  Object.fromEntries((await list(support)).facets.status.map(({ value, count }) => [value, count]));

const found = async (support: APIRequestContext, status: string) =>
  (await list(support, `?status=${status}`)).items.map((row) => [
    row.deviceId,
    row.status.state,
    row.status.current,
  ]);
