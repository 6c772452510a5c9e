import type { Page } from '@playwright/test';
import { expectNoBarrier } from '../support/accessibility.ts';
import { type App, expect, loseSession, test } from '../support/app.ts';
import { en, problemTexts } from '../support/texts.ts';

const words = en.snapshots;
const wayBack = (page: Page) => page.getByRole('link', { name: words.now });
const snapshotBanner = (page: Page) => page.getByRole('region', { name: /^Snapshot from/ });

/** A device that was free, and then in a meeting at another address. */
async function changedDevice(page: Page, app: App): Promise<string> {
  const deviceId = await app.unseenDevice();
  const set = (fields: object) => app.simulator.control('PATCH', `/devices/${deviceId}`, fields);
  await set({ deviceStatus: 'idle', devNetIp: '10.1.1.1' });
  await page.goto(`/devices/${deviceId}`);
  const network = page.getByRole('region', { name: en.device.sections.network });
  await expect(network.getByText('10.1.1.1', { exact: true })).toBeVisible();
  await set({ deviceStatus: 'conf_running', devNetIp: '10.2.2.2' });
  await page.getByRole('button', { name: en.device.refresh }).click();
  await expect(network.getByText('10.2.2.2', { exact: true })).toBeVisible();
  return deviceId;
}

test.beforeEach(({ enter }) => enter('support'));

test('a change links to the device as it was known before it, and the link stays valid', async ({
  page,
  app,
  enter,
}) => {
  const deviceId = await changedDevice(page, app);
  await app.simulator.control('DELETE', '/calls');
  await page.getByText(/^Changes \(/).click();
  await page
    .getByRole('link', { name: /^as known then/ })
    .first()
    .click();

  await expect(snapshotBanner(page)).toContainText('10.1.1.1');
  await expect(snapshotBanner(page), 'what it became').toContainText('10.2.2.2');
  const network = page.getByRole('region', { name: en.device.sections.network });
  await expect(network.getByText('10.1.1.1', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: en.device.refresh })).toHaveCount(0);
  const link = page.url();
  expect(link).toContain(`/devices/${deviceId}?at=`);

  await wayBack(page).click();
  await expect(network.getByText('10.2.2.2', { exact: true })).toBeVisible();
  await expect(snapshotBanner(page)).toHaveCount(0);

  await app.simulator.control('PATCH', `/devices/${deviceId}`, { devNetIp: '10.3.3.3' });
  await page.getByRole('button', { name: en.device.refresh }).click();
  await expect(network.getByText('10.3.3.3', { exact: true })).toBeVisible();
  await enter('viewer');
  await page.goto(link);
  await expect(snapshotBanner(page)).toBeVisible();
  await expect(page.getByText('10.1.1.1'), 'a viewer sees no address, of now or then').toHaveCount(0);
  await enter('support');
  await page.goto(link);
  await expect(snapshotBanner(page)).toContainText('10.1.1.1');
  await expect(snapshotBanner(page)).not.toContainText('10.3.3.3');
});

test('a moment is chosen with the keyboard without a call to DingTalk', async ({ page, app }) => {
  await changedDevice(page, app);
  await app.simulator.control('DELETE', '/calls');
  await page.getByText(words.open).press('Enter');
  const soon = new Date(Date.now() + 2_000);
  const local = new Date(soon.getTime() - soon.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  await page.getByLabel(words.at, { exact: true }).fill(local);
  await page.getByRole('button', { name: words.show, exact: true }).last().press('Enter');
  await expect(page).toHaveURL(/\?at=/);
  await expect(wayBack(page)).toBeVisible();
  expect(await app.calls()).toBe(0);
  await expectNoBarrier(page, 'a device as it was known');
});

for (const [at, reason] of [
  ['2020-01-01T00:00:00Z', 'device-not-found.not-known-then'],
  ['2999-01-01T00:00:00Z', 'invalid-question.moment'],
  ['yesterday', 'invalid-question.moment'],
] as const) {
  test(`says what is wrong with ${at}, on the page and in the response`, async ({ page, app }) => {
    const deviceId = await app.unseenDevice();
    await page.goto(`/devices/${deviceId}`);
    await expect(page.getByTitle(en.sourceWhy.live)).toBeVisible();
    await page.goto(`/devices/${deviceId}?at=${at}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(problemTexts(reason).title);
    await expect(wayBack(page)).toHaveAttribute('href', `/devices/${deviceId}`);
    const response = await page.request.get(`/api/v1/devices/${deviceId}?at=${at}`);
    expect(await response.json()).toMatchObject({ code: reason.split('.')[0], reason });
  });
}

test('a link to a snapshot leads there through sign-in', async ({ page, app }) => {
  const deviceId = await changedDevice(page, app);
  const at = new Date().toISOString();
  await loseSession(page);
  await page.goto(`/devices/${deviceId}?at=${at}`);
  await page.getByRole('button', { name: /Support/ }).click();
  await expect(snapshotBanner(page)).toBeVisible();
});

const title = (page: Page) => page.getByRole('heading', { level: 1 });

test('shows the device list and the rooms as they were known, and links within the same moment', async ({
  page,
  app,
}) => {
  const deviceId = await changedDevice(page, app);
  const device = await (await page.request.get(`/api/v1/devices/${deviceId}`)).json();
  const changedAt = Date.parse(device.observedAt);
  const before = new Date(changedAt - 1).toISOString();
  await app.simulator.control('DELETE', '/calls');

  await page.goto(`/devices?q=${deviceId}&at=${before}`);
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(en.status.idle);
  await snapshotBanner(page)
    .getByText(/changed/)
    .press('Enter');
  await expect(snapshotBanner(page).getByRole('list', { name: words.list })).toContainText('10.2.2.2');
  await expect(snapshotBanner(page)).toContainText(en.status['in-meeting']);
  await expectNoBarrier(page, 'the fleet as it was known');

  const box = page.getByRole('main').getByRole('textbox', { name: en.fleet.find });
  const link = row.locator(`a[href^="/devices/${deviceId}?"]`);
  await box.fill('10.2.2.2');
  await expect(page).toHaveURL(/q=10.2.2.2&at=/);
  await expect(link, 'it had another address then').toHaveCount(0);
  await box.fill('10.1.1.1');
  await link.click();
  await expect(page).toHaveURL(new RegExp(`/devices/${deviceId}\\?at=`));
  await expect(snapshotBanner(page)).toBeVisible();
  await page.goBack();
  await wayBack(page).click();
  await expect(page).not.toHaveURL(/at=/);
  await expect(snapshotBanner(page)).toHaveCount(0);
  expect(await app.calls(), 'a snapshot makes no call').toBe(0);
});

test('chooses a snapshot of a list among its tools', async ({ page, app }) => {
  await changedDevice(page, app);
  await page.goto('/devices?sort=-seen');
  await page.getByLabel(words.short, { exact: true }).click();
  const local = (at: number) =>
    new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  await page.getByLabel(words.at, { exact: true }).fill(local(Date.now()));
  await page.getByRole('button', { name: words.show, exact: true }).click();
  await expect(page, 'in the same order').toHaveURL(/\/devices\?sort=-seen&at=/);
  await expect(snapshotBanner(page)).toBeVisible();
  await page.goto('/devices?at=2020-01-01');
  await expect(snapshotBanner(page), 'before anything was known').toContainText(
    words.notKnown.split('{')[0] ?? '',
  );
  await expect(page.getByRole('link', { name: en.list.clearAll })).toHaveCount(0);
});

for (const path of ['/devices', '/rooms', '/rooms/none']) {
  test(`${path} says what is wrong with an invalid moment`, async ({ page }) => {
    await page.goto(`${path}?at=yesterday`);
    await expect(title(page)).toHaveText(problemTexts('invalid-question.moment').title);
    await expect(wayBack(page)).toHaveAttribute('href', path);
    const response = await page.request.get(`/api/v1${path}?at=2999-01-01T00:00:00Z`);
    expect(await response.json()).toMatchObject({ reason: 'invalid-question.moment' });
  });
}
