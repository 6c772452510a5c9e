import { expect, test } from './desk.ts';
import { en } from './words.ts';

const query = (deviceId: string) => `/api/v1/devices/query?deviceId=${deviceId}&fresh=true`;

test('what somebody else learns shows on an open page, without a call of its own', async ({
  page,
  desk,
  enter,
  api,
}) => {
  const deviceId = await desk.unseenDevice();
  await desk.simulator.control('PATCH', `/devices/${deviceId}`, { deviceStatus: 'idle' });
  await (await api('support')).get(query(deviceId));
  await enter('viewer');
  const listening = page.waitForResponse('**/api/v1/live*');
  await page.goto(`/devices/${deviceId}`);
  const unit = page.getByRole('article');
  // The first state on the page is the device's own; its panels have theirs.
  await expect(unit.getByText(en.status.idle, { exact: true }).first()).toBeVisible();
  await listening;

  await desk.simulator.control('PATCH', `/devices/${deviceId}`, { deviceStatus: 'conf_running' });
  await desk.simulator.control('DELETE', '/calls');
  await (await api('support')).get(query(deviceId));
  await expect(unit.getByText(en.status['in-meeting'], { exact: true })).toBeVisible();
  await expect(page.getByTitle(en.sourceWhy['last-known'])).toBeVisible();
  expect(await desk.calls()).toBe(1);
});

test('a connection that stays away is said, and unsaid when it is back', async ({ page, enter, context }) => {
  await enter('support');
  await context.route('**/api/v1/live*', (route) => route.fulfill({ status: 503 }));
  await page.goto('/');
  const sign = page.getByText(en.nav.notLive);
  await page.waitForTimeout(3_000);
  await expect(sign, 'a short break is nobody’s business').toHaveCount(0);
  await expect(sign).toBeVisible({ timeout: 10_000 });
  await context.unroute('**/api/v1/live*');
  await expect(sign).toHaveCount(0, { timeout: 15_000 });
});

test('an ended session stops the listening and says so', async ({ page, enter, context }) => {
  await enter('support');
  let asked = 0;
  await context.route('**/api/v1/live*', async (route) => {
    asked += 1;
    await route.fulfill({ status: 401, json: {} });
  });
  await page.goto('/');
  await expect(page.getByText(en.nav.notLiveSignedOut)).toBeVisible();
  const soFar = asked;
  await page.waitForTimeout(4_000);
  expect(asked).toBe(soFar);
});
