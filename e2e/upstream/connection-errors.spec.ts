import { expect, test } from '../support/app.ts';
import { FAST_CLOCK } from '../support/app-process.ts';
import { liveThrough } from '../support/errors.ts';
import { BROKEN_CONNECTIONS, type Fault, TOKEN_FAULTS } from '../support/faults.ts';
import { en, problemTexts } from '../support/texts.ts';

const NO_CONNECTION: Fault = {
  says: 'refuses connections',
  fault: 'refuse',
  args: { seconds: 60 },
  reason: 'dingtalk-unreachable.no-connection',
  status: 504,
};

test.use({ appOptions: { env: FAST_CLOCK } });
test.beforeEach(({ enter }) => enter('support'));

for (const fault of [NO_CONNECTION, ...BROKEN_CONNECTIONS]) {
  test(`shows the error when DingTalk ${fault.says}, and keeps the last known data`, ({ page, app }) =>
    liveThrough(page, app, fault));
}

// The token call fails alike; the fault matrix has each case.
for (const fault of TOKEN_FAULTS.filter((each) => each.upstreamCode !== undefined)) {
  test(`shows the error when DingTalk ${fault.says}, and keeps the last known data`, ({ page, app }) =>
    liveThrough(page, app, fault));
}

test('shows that Rooms Desk itself cannot be reached, and recovers', async ({ page, app, context }) => {
  await page.goto(`/devices/${await app.unseenDevice()}`);
  await expect(page.getByTitle(en.sourceWhy.live)).toBeVisible();
  await expect(page.getByRole('slider', { name: en.history.cursor })).toBeVisible();
  const words = problemTexts('desk-unreachable.no-answer');
  const message = page.getByRole('status').filter({ hasText: words.title });

  await context.setOffline(true);
  await page.getByRole('button', { name: en.device.refresh }).click();
  await expect(message).toContainText(words.hint);
  await expect(page.getByRole('region', { name: en.device.sections.network })).toBeVisible();

  await context.setOffline(false);
  await page.getByRole('button', { name: en.problem.retry }).click();
  await expect(message).toHaveCount(0);
});

test('leads back to the same device when the session has ended', async ({ page, app, context }) => {
  const deviceId = await app.unseenDevice();
  // Without this, the live connection would detect it as well and go to sign-in before the message can be read.
  await context.route('**/api/v1/live*', (route) => route.abort());
  await page.goto('/');
  await context.route('**/api/v1/devices/query?*', async (route) => {
    await context.clearCookies();
    const headers = { ...route.request().headers(), cookie: '' };
    await route.fulfill({ response: await route.fetch({ headers }) });
  });
  await page.getByRole('textbox', { name: en.home.label }).fill(deviceId);
  await page.keyboard.press('Enter');
  const words = problemTexts('signed-out.signed-out');
  await expect(page.getByRole('heading', { level: 1, name: words.title })).toBeVisible();
  await expect(page.getByText(words.hint)).toBeVisible();

  await context.unrouteAll();
  await page.getByRole('link', { name: en.problem.signIn }).click();
  await page.getByRole('button', { name: /Support/ }).click();
  await expect(page).toHaveURL(`${app.url}/devices/${deviceId}`);
  await expect(page.getByTitle(en.sourceWhy.live)).toBeVisible();
});
