import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app.ts';
import { KNOWING, untilFound, wholeList } from '../support/inventory.ts';
import { en } from '../support/texts.ts';

test.use({ appOptions: KNOWING });
test.beforeAll(async ({ api }) => void (await untilFound(await api('admin'))));

type Row = { deviceId: string; name: string; firmware: string | null; status: { state: string } };

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const table = (page: Page) => page.getByRole('table', { name: en.fleet.title });
const rows = (page: Page) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') });
const places = (page: Page) =>
  rows(page)
    .getByRole('rowheader')
    .locator('a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
const counts = (page: Page) => page.getByRole('navigation', { name: en.fleet.facets.status });
const box = (page: Page) => page.getByRole('main').getByRole('textbox', { name: en.fleet.find });

async function totalOf(page: Page, query = ''): Promise<number> {
  return (await (await page.request.get(`/api/v1/devices${query}`)).json()).total;
}

test('a count is a filter: pressing it narrows the list, pressing it again widens it, and the address follows', async ({
  page,
  enter,
  app,
}) => {
  await enter('support');
  await page.goto('/devices');
  const known = await totalOf(page);
  await app.simulator.control('DELETE', '/calls');
  await expect(title(page)).toHaveText(`${known} devices`);
  const offline = counts(page).getByRole('link', { name: /Offline$/ });
  const count = Number.parseInt(await offline.innerText(), 10);
  await offline.click();
  await expect(page).toHaveURL(/\/devices\?status=offline$/);
  await expect(title(page)).toHaveText(`${count} of ${known} devices`);
  await expect(offline).toHaveAttribute('aria-current', 'true');
  for (const row of await rows(page).all()) await expect(row).toContainText(en.status.offline);

  await counts(page)
    .getByRole('link', { name: /Ringing$/ })
    .click();
  await expect(page).toHaveURL(/status=offline&status=ringing/);
  const chosen = page.getByRole('list', { name: en.list.chosen });
  await expect(chosen.getByRole('link', { name: /Offline/ })).toBeVisible();
  await chosen.getByRole('link', { name: /Offline/ }).click();
  await expect(page).toHaveURL(/\/devices\?status=ringing$/);
  await chosen.getByRole('link', { name: en.list.clearAll }).click();
  await expect(title(page)).toHaveText(`${known} devices`);
  await page.goBack();
  await expect(page, 'back is one filter back').toHaveURL(/\/devices\?status=ringing$/);
  expect(await app.calls(), 'lists make no call').toBe(0);
});

test('a value beside the list narrows the list to itself', async ({ page, enter }) => {
  await enter('viewer');
  await page.goto('/devices');
  const models = page.getByRole('region', { name: en.fleet.facets.model });
  await models.getByRole('link', { name: /^smartboard_86/ }).click();
  await expect(page).toHaveURL(/model=smartboard_86/);
  const total = await totalOf(page, '?model=smartboard_86');
  await expect(title(page)).toHaveText(new RegExp(`^${total} of `));
  const shown = async () => {
    await rows(page).last().scrollIntoViewIfNeeded();
    return rows(page).count();
  };
  await expect.poll(shown, 'the rest comes as the end of the list does').toBe(total);
});

test('narrows the list while typing, by name, MAC and the beginning of a serial number', async ({
  page,
  enter,
  api,
}) => {
  const [some] = await wholeList<Row & { mac: string; serial: string }>(
    await api('support'),
    '/api/v1/devices?status=whiteboard&limit=200',
  );
  if (!some) throw new Error('There is no device with a whiteboard.');
  await enter('support');
  await page.goto('/devices');
  for (const text of [some.name, some.mac, some.serial.slice(0, 12), some.deviceId]) {
    await box(page).fill('');
    await box(page).pressSequentially(text, { delay: 5 });
    await expect(table(page).getByRole('link', { name: some.name }).first()).toBeVisible();
    await expect.poll(() => rows(page).count(), text).toBeLessThanOrEqual(5);
    await expect(page).toHaveURL(new RegExp(`q=${encodeURIComponent(text).replaceAll('%20', '\\+')}`));
  }
  await box(page).fill('nothing is called like this');
  await expect(page.getByText(en.list.nothingMatches)).toBeVisible();
  await expect(page.getByText(en.fleet.nothingMatchesWhy)).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: en.list.clearFilters }).click();
  await expect(rows(page).first()).toBeVisible();
  await expect(box(page)).toHaveValue('');
});

test('a column header sorts and reverses; the order is in the address and in the file', async ({
  page,
  enter,
}) => {
  await enter('support');
  await page.goto('/devices?status=whiteboard&status=ringing');
  const header = table(page).getByRole('columnheader', { name: en.fleet.facets.firmware });
  for (const [sort, aria] of [
    ['firmware', 'ascending'],
    ['-firmware', 'descending'],
  ] as const) {
    await header.getByRole('link').click();
    await expect(page).toHaveURL(new RegExp(`sort=${sort}`));
    await expect(header).toHaveAttribute('aria-sort', aria);
    const view = `?status=whiteboard&status=ringing&sort=${sort}&limit=200`;
    const sorted = await wholeList<Row>(page.request, `/api/v1/devices${view}`);
    await expect.poll(() => places(page)).toEqual(sorted.map(({ deviceId }) => `/devices/${deviceId}`));
  }
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: new RegExp(`^${en.fleet.csv}`) }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('devices.csv');
  const lines = readFileSync(await file.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  const ids = lines.slice(1).map((line) => `/devices/${line.split(',')[0]}`);
  expect(ids).toEqual(await places(page));
});

test('a copied link opens the same view for another person, with less in it for a lower role', async ({
  page,
  enter,
  context,
  browser,
  api,
  app,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await enter('support');
  await page.goto('/devices?status=whiteboard&network=wired&sort=-model');
  const heading = await title(page).innerText();
  await page.getByRole('button', { name: en.copy.copyLink }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(`${app.url}/devices?status=whiteboard&network=wired&sort=-model`);
  const shown = await places(page);
  expect(shown.length).toBeGreaterThan(3);

  const other = await browser.newContext({ storageState: await (await api('viewer')).storageState() });
  const theirs = await other.newPage();
  await theirs.goto(link);
  await expect(title(theirs)).toHaveText(heading);
  expect(await places(theirs)).toEqual(shown);
  await expect(theirs.getByRole('link', { name: new RegExp(`^${en.fleet.csv}`) })).toHaveCount(0);
  await other.close();
});

test('saves a view under a name, opens it and deletes it', async ({ page, enter }) => {
  await enter('support');
  await page.goto('/devices?status=offline&sort=-since');
  const views = page.getByRole('main').getByRole('group').filter({ hasText: en.list.views.title });
  await views.locator('summary').click();
  await views.getByRole('textbox').fill('Offline longest 最久离线');
  await views.getByRole('button', { name: en.list.views.save }).click();
  await expect(views.getByRole('link', { name: 'Offline longest 最久离线' })).toBeVisible();

  await page.goto('/');
  const kept = page.getByRole('main').getByRole('link', { name: /Offline longest/ });
  await kept.click();
  await expect(page).toHaveURL(/\/devices\?status=offline&sort=-since$/);
  await views.locator('summary').click();
  await views.getByRole('button', { name: /Offline longest/ }).click();
  await expect(views.getByText(en.list.views.none)).toBeVisible();
});

test('an open list shows a new reading in its row and in the counts', async ({ page, enter, api, app }) => {
  const { deviceId } = await app.scenario('idle');
  await enter('viewer');
  const listening = page.waitForResponse('**/api/v1/live*');
  await page.goto(`/devices?q=${deviceId}`);
  const row = rows(page).filter({ has: page.locator(`a[href="/devices/${deviceId}"]`) });
  await expect(row).toContainText(en.status.idle);
  await listening;
  const record = await app.simulator.control<{ deviceStatus: string }>('GET', `/devices/${deviceId}`);
  await app.simulator.control('PATCH', `/devices/${deviceId}`, { deviceStatus: 'conf_running' });
  const ask = async () => (await api('support')).get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
  expect((await ask()).status()).toBe(200);
  await expect(row).toContainText(en.status['in-meeting']);
  await expect(counts(page).getByRole('link', { name: /^1\s*In meeting$/ })).toBeVisible();
  await app.simulator.control('PATCH', `/devices/${deviceId}`, { deviceStatus: record.deviceStatus });
  await ask();
});

test('a list that cannot be reloaded says so, keeps its rows and recovers', async ({ page, enter }) => {
  await enter('support');
  const lists = /\/api\/v1\/devices(\?|$)/;
  await page.route(lists, (route) => route.abort());
  const main = page.getByRole('main');
  // Before the scripts run, a press follows the link natively, without a request from the page.
  await expect(async () => {
    await page.goto('/devices');
    await expect(rows(page).first()).toBeVisible();
    await counts(page)
      .getByRole('link', { name: /Casting$/ })
      .click();
    await expect(main.getByRole('button', { name: en.problem.retry })).toBeVisible({ timeout: 8_000 });
  }).toPass({ timeout: 40_000 });
  await page.unroute(lists);
  await main.getByRole('button', { name: en.problem.retry }).click();
  await expect(main.getByRole('button', { name: en.problem.retry })).toHaveCount(0);
  await expect(rows(page).first()).toContainText(en.status.casting);
});

test('scrolling loads every row once', async ({ page, enter }) => {
  await enter('viewer');
  await page.goto('/devices?status=idle');
  const total = await totalOf(page, '?status=idle');
  const shown = async () => {
    await page.mouse.wheel(0, 20_000);
    return (await places(page)).length;
  };
  await expect.poll(shown, { timeout: 90_000 }).toBe(total);
  expect(new Set(await places(page)).size).toBe(total);
});

for (const [path, unread, stays] of [
  ['/devices?status=offline&status=banana', 'status=banana', '/devices?status=offline'],
  ['/devices?staus=offline', 'staus=offline', '/devices'],
  ['/rooms?condition=nice&q=room', 'condition=nice', '/rooms?q=room'],
] as const) {
  test(`names an unknown filter on ${path} and offers to remove it`, async ({ page, enter, app }) => {
    await enter('viewer');
    await page.goto(path);
    const message = page.getByRole('region', { name: 'Unknown filter:' });
    await expect(message).toContainText(unread);
    await message.getByRole('link', { name: 'Remove unknown filter' }).click();
    await expect(message).toHaveCount(0);
    await expect(page).toHaveURL(app.url + stays);
  });
}
