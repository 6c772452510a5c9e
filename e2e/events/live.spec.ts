import type { APIRequestContext } from '@playwright/test';
import { type App, expect, signIn, test } from '../support/app.ts';
import { cookieOf } from '../support/event-stream.ts';
import { en } from '../support/texts.ts';

const query = (deviceId: string) => `/api/v1/devices/query?deviceId=${deviceId}&fresh=true`;

/** A device with the status free. */
async function idleDevice(app: App, support: APIRequestContext): Promise<string> {
  const deviceId = await app.unseenDevice();
  await app.simulator.control('PATCH', `/devices/${deviceId}`, { deviceStatus: 'idle' });
  await support.get(query(deviceId));
  return deviceId;
}

test('an open page shows what another person’s query returned, without a call of its own', async ({
  page,
  app,
  enter,
  api,
}) => {
  const deviceId = await idleDevice(app, await api('support'));
  await enter('viewer');
  await page.goto(`/devices/${deviceId}`);
  const unit = page.getByRole('article');
  // The first status on the page is that of the device; its controllers have their own.
  await expect(unit.getByText(en.status.idle, { exact: true }).first()).toBeVisible();

  await app.simulator.control('PATCH', `/devices/${deviceId}`, { deviceStatus: 'conf_running' });
  await app.simulator.control('DELETE', '/calls');
  await (await api('support')).get(query(deviceId));
  await expect(unit.getByText(en.status['in-meeting'], { exact: true }).first()).toBeVisible();
  await expect(page.getByTitle(en.sourceWhy['last-known'])).toBeVisible();
  expect(await app.calls()).toBe(1);
});

test('shows a change that happened between reading the page and opening its live connection', async ({
  page,
  app,
  enter,
  api,
}) => {
  const deviceId = await idleDevice(app, await api('support'));
  await enter('viewer');
  const changed = Promise.withResolvers<void>();
  await page.route('**/api/v1/live*', async (route) => {
    await changed.promise;
    await route.continue();
  });
  await page.goto(`/devices/${deviceId}`);
  const unit = page.getByRole('article');
  await expect(unit.getByText(en.status.idle, { exact: true }).first()).toBeVisible();

  await app.simulator.control('PATCH', `/devices/${deviceId}`, { deviceStatus: 'conf_running' });
  await (await api('support')).get(query(deviceId));
  changed.resolve();
  await expect(unit.getByText(en.status['in-meeting'], { exact: true }).first()).toBeVisible();
});

test('shows after five seconds that the live connection is lost, and hides it when it is back', async ({
  page,
  enter,
  context,
}) => {
  await enter('support');
  await context.route('**/api/v1/live*', (route) => route.fulfill({ status: 503 }));
  const now = Date.now();
  await page.clock.install({ time: now });
  await page.clock.pauseAt(now + 1_000);
  const refused = page.waitForResponse('**/api/v1/live*');
  await page.goto('/');
  await refused;
  const sign = page.getByText(en.nav.notLive);
  await page.clock.runFor(4_500);
  await expect(sign, 'a short break is not shown').toHaveCount(0);
  await expect(async () => {
    await page.clock.runFor(1_000);
    await expect(sign).toBeVisible({ timeout: 500 });
  }).toPass();
  await context.unroute('**/api/v1/live*');
  await expect(async () => {
    await page.clock.runFor(1_000);
    await expect(sign).toHaveCount(0, { timeout: 500 });
  }).toPass();
});

test('an ended session takes the open page to sign-in, and from there back', async ({ page, app }) => {
  await signIn(page, 'support');
  const listening = page.waitForResponse('**/api/v1/live*');
  await page.goto('/devices/1234?days=30');
  await listening;
  const cookie = await cookieOf(page.request);
  // Ended remotely, by a page that knows the session's public name.
  const { items } = (await (await page.request.get('/api/v1/sessions')).json()) as {
    items: { sessionId: string; current: boolean }[];
  };
  const id = items.find(({ current }) => current)?.sessionId;
  const ended = await fetch(`${app.url}/api/v1/sessions/${id}`, {
    method: 'DELETE',
    headers: { cookie, origin: app.url },
  });
  expect(await ended.json()).toEqual({ ended: 1 });
  await expect(page).toHaveURL(`${app.url}/sign-in?callbackUrl=%2Fdevices%2F1234%3Fdays%3D30`, {
    timeout: 8_000,
  });
  await page.getByRole('button', { name: /Support/ }).click();
  await expect(page).toHaveURL(`${app.url}/devices/1234?days=30`);
});
