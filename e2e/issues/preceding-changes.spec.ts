import type { Page } from '@playwright/test';
import { expectNoBarrier } from '../support/accessibility.ts';
import { type App, expect, test } from '../support/app.ts';
import { en } from '../support/texts.ts';

const words = en.around;
const around = (page: Page) => page.getByRole('region', { name: words.title });

const changeDevice = (app: App, deviceId: string, said: object) =>
  app.simulator.control('PATCH', `/devices/${deviceId}`, said);

/** Changes a device in the simulator and refreshes it in Rooms Desk. */
async function becomes(page: Page, app: App, deviceId: string, said: object) {
  await changeDevice(app, deviceId, said);
  const response = await page.request.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
  expect(response.status()).toBe(200);
}

test.beforeEach(({ enter }) => enter('support'));

test('lists what changed in the 24 hours before a microphone was lost', async ({ page, app }) => {
  const deviceId = await app.unseenDevice();
  await becomes(page, app, deviceId, { deviceStatus: 'idle', firmwareVersion: 'F.1', devMic: 'Mic' });
  await becomes(page, app, deviceId, { firmwareVersion: 'F.2' });
  await becomes(page, app, deviceId, { devMic: '' });
  await page.goto(`/devices/${deviceId}`);
  const summary = around(page).locator('summary');
  await expect(summary).toContainText('Firmware');
  await expect(summary).toContainText(/F\.1.*F\.2/);
  await expect(summary).toContainText(words.before.noOthers);
  await expect(around(page)).not.toContainText(/because|caus/i);
  await summary.press('Enter');
  await expect(
    around(page).getByRole('list', { name: words.before.title }).getByRole('listitem'),
  ).toHaveCount(1);
  await expectNoBarrier(page, 'changes before an issue');
});

test('distinguishes between no changes and no data before an issue', async ({ page, app }) => {
  const [seen, unseen] = [await app.unseenDevice(), await app.unseenDevice()];
  await becomes(page, app, seen, { deviceStatus: 'idle' });
  await becomes(page, app, seen, { deviceStatus: 'offline' });
  await page.goto(`/devices/${seen}`);
  await expect(around(page)).toContainText('No changes in the 24 hours before this issue');
  await becomes(page, app, unseen, { deviceStatus: 'offline' });
  await page.goto(`/devices/${unseen}`);
  await expect(around(page)).toContainText(words.before.notObserved);
});

test('shows a healthy device of the same model beside the affected one', async ({ page, app }) => {
  const [ill, well] = [await app.unseenDevice(), await app.unseenDevice()];
  await becomes(page, app, ill, { deviceStatus: 'offline', deviceModel: 'one-of-two' });
  await page.goto(`/devices/${ill}`);
  await expect(around(page)).toContainText(words.before.notObserved);
  const link = around(page).getByRole('link', { name: /^Compare with/ });
  await expect(link, 'there is none yet').toHaveCount(0);
  await becomes(page, app, well, {
    deviceStatus: 'idle',
    deviceModel: 'one-of-two',
    deviceName: 'Well screen',
  });
  await page.reload();
  await expect(link).toHaveText('Compare with Well screen');
  await expect(around(page)).toContainText('healthy, same model');
  await link.click();
  await expect(page).toHaveURL(`/compare?left=${ill}&right=${well}`);
  await expect(page.getByRole('columnheader').nth(1)).toContainText('Well screen');
});

test('a device without issues shows no related section', async ({ page, app }) => {
  await page.goto(`/devices/${(await app.scenario('idle')).deviceId}`);
  await expect(page.getByRole('article')).toBeVisible();
  await expect(around(page)).toHaveCount(0);
});
