import { expect, test } from '../support/app.ts';
import { FAST_CLOCK } from '../support/app-process.ts';
import { liveThrough } from '../support/errors.ts';
import { REFUSALS } from '../support/faults.ts';
import { en, problemTexts } from '../support/texts.ts';

test.use({ appOptions: { env: FAST_CLOCK } });
test.beforeEach(({ enter }) => enter('support'));

for (const fault of REFUSALS) {
  test(`shows the error when DingTalk ${fault.says}, and keeps the last known data`, ({ page, app }) =>
    liveThrough(page, app, fault));
}

test('shows how long to wait where DingTalk asks for it', async ({ page, app }) => {
  await app.simulator.control('PUT', '/faults', { path: '/v1.0/rooms/devices', fault: 'qpm' });
  await page.goto(`/devices/${await app.unseenDevice()}`);
  await expect(page.getByText('Try again in 60 seconds.')).toBeVisible();
});

test('names the permission that is missing', async ({ page, app }) => {
  const requiredScopes = ['VideoConference.Conference.Read', 'Contact.User.Read'];
  await app.simulator.control('PUT', '/faults', {
    path: '/v1.0/rooms/devices',
    fault: 'scope',
    requiredScopes,
  });
  await page.goto(`/devices/${await app.unseenDevice()}`);
  const { hint } = problemTexts('dingtalk-refused.scope', { scopes: requiredScopes.join(', ') });
  await expect(page.getByRole('main')).toContainText(hint);
});

test('a device that DingTalk does not know can be queried under the other ID', async ({ page }) => {
  await page.goto('/devices/lmvUxxxxx');
  const words = problemTexts('device-not-found.device');
  await expect(page.getByRole('heading', { level: 1, name: words.title })).toBeVisible();
  await expect(page.getByText(words.hint)).toBeVisible();
  await expect(page.getByText('device.not.found', { exact: true })).toBeVisible();

  await page.getByRole('link', { name: en.device.ask.unionId }).click();
  await expect(page).toHaveURL(/\/devices\/union\/lmvUxxxxx$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('DingTalk Meeting Device_xxxx');
});

test('shows that a known device was removed, and keeps its last reading', async ({ page, app }) => {
  const deviceId = await app.unseenDevice();
  await page.goto(`/devices/${deviceId}`);
  await expect(page.getByTitle(en.sourceWhy.live)).toBeVisible();
  const name = await page.getByRole('heading', { level: 1 }).innerText();

  await app.simulator.control('DELETE', `/devices/${deviceId}`);
  await page.getByRole('button', { name: en.device.refresh }).click();
  const message = page.getByRole('status').filter({ hasText: problemTexts('device-not-found.device').title });
  await expect(message).toContainText('What you see is from');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
});
