import { expect, test } from '../support/app.ts';
import { type Fault, orderFault } from '../support/faults.ts';
import { en, problemTexts } from '../support/texts.ts';

// A ban blocks every query of a server for five minutes, so this file has a server of its own; one setting differs to
// get it.
test.use({ appOptions: { env: { FRESH_FOR_SECONDS: '61' } } });

const BANNED: Fault = {
  says: 'shuts the address out',
  fault: 'ip-ban',
  reason: 'dingtalk-throttled.banned',
  status: 503,
};

test('explains a ban of the address, keeps known pages open, and makes no more calls', async ({
  page,
  app,
  api,
  enter,
}) => {
  const request = await api('support');
  const [known, unknown] = [await app.unseenDevice(), await app.unseenDevice()];
  expect((await request.get(`/api/v1/devices/query?deviceId=${known}`)).status()).toBe(200);
  await orderFault(app, BANNED);
  await app.simulator.control('DELETE', '/calls');

  const banned = await request.get(`/api/v1/devices/query?deviceId=${unknown}`);
  expect(banned.status()).toBe(503);
  expect(banned.headers()['retry-after']).toBe('300');
  expect(await banned.json()).toMatchObject({ code: 'dingtalk-throttled', reason: BANNED.reason });
  expect(await app.calls()).toBe(1);

  // DingTalk would answer again, but a call may renew a ban.
  await app.simulator.control('DELETE', '/faults');
  const still = await request.get(`/api/v1/devices/query?deviceId=${unknown}`);
  expect(still.status()).toBe(503);
  expect(Number(still.headers()['retry-after'])).toBeLessThanOrEqual(300);
  const lastKnown = await request.get(`/api/v1/devices/query?deviceId=${known}&fresh=true`);
  expect(await lastKnown.json()).toMatchObject({ source: 'last-known', notice: { reason: BANNED.reason } });

  await enter('support');
  await page.goto(`/devices/${unknown}`);
  const words = problemTexts(BANNED.reason);
  await expect(page.getByRole('heading', { level: 1, name: words.title })).toBeVisible();
  await expect(page.getByText(words.hint)).toBeVisible();
  await expect(page.getByText(/Try again in \d{3} seconds\./)).toBeVisible();
  await page.goto(`/devices/${known}`);
  await page.getByRole('button', { name: en.device.refresh }).click();
  await expect(page.getByRole('status').filter({ hasText: words.title })).toBeVisible();
  await expect(page.getByRole('region', { name: en.device.sections.network })).toBeVisible();

  expect(await app.calls(), 'asked once, and not again').toBe(1);
  expect((await page.request.get('/api/health/ready')).status()).toBe(200);
});
