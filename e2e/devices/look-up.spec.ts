import { expect, loseSession, test } from '../support/app.ts';
import { en } from '../support/texts.ts';

const box = { name: en.home.label };

test.beforeEach(async ({ enter, page }) => {
  await enter('support');
  await page.goto('/');
});

test('finds a device by an ID pasted with quotes and spaces around it', async ({ page }) => {
  await page.getByRole('textbox', box).fill(' “1234” ');
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(/\/devices\/1234$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('DingTalk Meeting Device_xxxx');
  const unit = page.getByRole('article');
  await expect(unit.getByRole('link', { name: 'Test Meeting Room' })).toBeVisible();
  await expect(unit.locator('header').getByText('Offline', { exact: true })).toBeVisible();
  await expect(unit.getByRole('time').filter({ hasText: 'Last checked' })).toBeVisible();

  const controllers = page.getByRole('region', { name: en.device.controllers });
  await expect(controllers.getByRole('link', { name: 'Meeting Control Tablet_xxxx' })).toBeVisible();
  await expect(controllers.getByText('Whiteboard', { exact: true })).toBeVisible();
  await expect(controllers.getByText(en.device.sameRoom)).toBeVisible();
});

test('shows every fact of the documented sample under its label', async ({ page }) => {
  await page.goto('/devices/1234');
  const facts: [region: string, label: string, value: string][] = [
    ['network', 'Type', 'wired'],
    ['network', 'IP', '127.0.0.10'],
    ['network', 'Wired MAC', 'd4:3a:ee:aa:45:85'],
    ['network', 'Wi-Fi MAC', 'd4:aa:ee:e8:4d:55'],
    ['hardware', 'Camera', 'Smart Camera'],
    ['hardware', 'Microphone', 'Microphone (2- Built-in Audio)'],
    ['hardware', 'Speaker', 'Speaker (2- Built-in Audio)'],
    ['hardware', 'HDMI output', 'No'],
    ['software', 'Firmware', 'LMVXXX.20XX0818'],
    ['software', 'App', '7.14.1'],
    ['software', 'Activated', 'Oct 13, 2023'],
    ['sharing', 'Mirroring', 'No'],
    ['identity', 'Kind', 'Meeting device'],
    ['identity', 'Model', 'winbox'],
    ['identity', 'Serial', '02caxxxxx'],
    ['identity', 'MAC', '14:85:7f:xx:xx:xx'],
    ['identity', 'Room id', '7263xxxxx'],
    ['identity', 'Organization', 'ding99xxxxx'],
    ['identity', 'Service id', '1204'],
    ['identity', 'Created by', 'lPHhSZDLXXXXXXpBlC9lxLwiEiE'],
  ];
  for (const [section, label, value] of facts) {
    const name = en.device.sections[section as keyof typeof en.device.sections];
    const fact = page
      .getByRole('region', { name, exact: true })
      .getByRole('term')
      .filter({ hasText: new RegExp(`^${label}$`) })
      .locator('..');
    await expect(fact.getByRole('definition'), `${name}: ${label}`).toContainText(value);
  }
  await expect(page.getByText(en.device.lastReported), 'an offline device reports old values').toBeVisible();
});

test('queries an unknown device by its union ID', async ({ page, app }) => {
  const deviceId = await app.unseenDevice();
  const record = (await app.simulator.control('GET', `/devices/${deviceId}`)) as { deviceUnionId: string };
  await page.getByRole('textbox', box).fill(record.deviceUnionId);
  await page.getByRole('button', { name: en.home.go, exact: true }).click();

  await expect(page).toHaveURL(new RegExp(`/devices/union/${record.deviceUnionId}$`));
  await expect(page.getByRole('article').getByText(deviceId, { exact: true })).toBeVisible();
});

test('opens a known device by its union ID', async ({ page, app, api }) => {
  const { deviceUnionId, deviceId } = await app.scenario('inMeeting');
  await (await api('support')).get(`/api/v1/devices/query?deviceId=${deviceId}`);
  await page.getByRole('textbox', box).fill(deviceUnionId);
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(new RegExp(`/devices/${deviceId}$`));
  await expect(page.getByRole('article').getByText('In meeting', { exact: true }).first()).toBeVisible();
});

test('opens a pasted link of Rooms Desk', async ({ page, app }) => {
  await page.getByRole('textbox', box).fill(`  <${app.url}/devices/1234?from=chat>\n`);
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(`${app.url}/devices/1234`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('DingTalk Meeting Device_xxxx');
});

test('looks up the next device from a device page', async ({ page, app }) => {
  const { deviceId } = await app.scenario('idle');
  await page.goto('/devices/1234');
  await page.getByRole('button', { name: en.nav.find }).click();
  const palette = page.getByRole('dialog', { name: en.search.title });
  await palette.getByRole('textbox', box).fill(deviceId);
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(new RegExp(`/devices/${deviceId}$`));
  await expect(palette).toBeHidden();
  await expect(
    page.getByRole('article').locator('header').getByText(en.status.idle, { exact: true }),
  ).toBeVisible();
});

test('lists opened devices, newest first', async ({ page, app }) => {
  const { deviceId } = await app.scenario('casting');
  await page.goto(`/devices/${deviceId}`);
  await expect(page.getByRole('article')).toBeVisible();
  const name = await page.getByRole('heading', { level: 1 }).textContent();
  await page.goto(`/devices/${deviceId}`);
  await page.getByRole('link', { name: en.app.name }).click();

  const first = page.getByRole('region', { name: en.search.groups.visited }).getByRole('listitem').first();
  await expect(first).toContainText(deviceId);
  await expect(first).toContainText(en.status.casting);
  await first.getByRole('link', { name: name ?? '' }).click();
  await expect(page).toHaveURL(new RegExp(`/devices/${deviceId}$`));
});

test('finds a device by its name, its serial number and a part of it, and shows which one matched', async ({
  page,
  api,
}) => {
  const answer = await (await api('support')).get('/api/v1/devices/query?deviceId=1234');
  const { device } = (await answer.json()) as { device: { name: string; serial: string } };
  const input = page.getByRole('textbox', box);
  const found = page.getByRole('listbox', { name: en.search.results }).getByRole('option');
  for (const [text, why] of [
    [device.name, device.name],
    [device.serial, `${en.search.by.serial} ${device.serial}`],
    [device.serial.slice(0, 5).toUpperCase(), `${en.search.by.serial} ${device.serial}`],
  ] as const) {
    await input.fill(text);
    await expect(found.first()).toContainText(why);
    await expect(found.first().locator('mark').first()).toBeVisible();
    await expect(found.first()).toContainText(en.status.offline);
  }
});

test('the arrows choose among several, Enter opens, and Ctrl with Enter opens in a new tab', async ({
  page,
  context,
  api,
  app,
}) => {
  const { deviceId } = await app.scenario('inMeeting');
  for (const id of ['1234', deviceId])
    await (await api('support')).get(`/api/v1/devices/query?deviceId=${id}`);
  const input = page.getByRole('textbox', box);
  await input.fill(`Ticket 4711\nthe unit with device id 1234 fails\n"${deviceId}" too`);
  const found = page.getByRole('option');
  await expect(found.filter({ hasText: deviceId })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(found.first(), 'several fit, so a person chooses').toHaveAttribute('aria-selected', 'true');
  await expect(page).toHaveURL(`${app.url}/`);
  await page.keyboard.press('End');
  await expect(found.last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[role=option][aria-selected=true]'), 'back in the text').toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  const path = await found.first().getAttribute('href');
  const [beside] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('Control+Enter')]);
  await expect(beside).toHaveURL(`${app.url}${path}`);
  await expect(input).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${app.url}${path}`);
  await page.goBack();
  await expect(input, 'going back finds the search as it was').toHaveValue(/Ticket 4711/);
});

test('going back restores the search, however soon the page was left', async ({ page, app }) => {
  await page.clock.install();
  await page.goto('/');
  const input = page.getByRole('textbox', box);
  await expect(input).toBeFocused();
  // No timer runs from here on, however slow the machine is.
  await page.clock.pauseAt(Date.now() + 1_000);
  await input.fill('Ticket 4712: device 1234');
  await page.getByRole('link', { name: en.nav.devices, exact: true }).click();
  await expect(page).toHaveURL(`${app.url}/devices`);
  await page.goBack();
  await expect(input, 'after a link').toHaveValue('Ticket 4712: device 1234');
  await input.fill('1234');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/devices\/1234$/);
  await page.goBack();
  await expect(input, 'after the Enter key').toHaveValue('1234');
});

test('offers to query an unknown ID with its cost, and queries only when chosen', async ({ page, app }) => {
  const deviceId = await app.unseenDevice();
  await app.simulator.control('DELETE', '/calls');
  await page.getByRole('textbox', box).fill(`${deviceId} \n please`);
  const ask = page.getByRole('option').filter({ hasText: deviceId });
  const alone = page.getByRole('textbox', box);
  await alone.fill(deviceId);
  await expect(ask).toContainText(en.search.askCost.deviceId);
  expect(await app.calls()).toBe(0);
  await ask.click();
  await expect(page.getByRole('article')).toBeVisible();
  expect(await app.calls()).toBe(1);
});

test('a viewer sees that queries are for other roles', async ({ page, enter, app }) => {
  await loseSession(page);
  await enter('viewer');
  await page.goto('/');
  await page.getByRole('textbox', box).fill(await app.unseenDevice());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByRole('alert')).toContainText(en.search.mayNotAsk);
  await expect(page.getByRole('option')).toHaveCount(0);
});

const NOTHING: [what: string, text: string, says: string][] = [
  ['nothing', '   ', en.search.refused.empty],
  ['a sentence', 'the screen in room 3 flickers', en.search.understood],
  ['a path trick', '../../etc/passwd', en.search.understood],
  ['a script', '<img src=x onerror=alert(1)>', en.search.understood],
  ['a foreign link', 'https://evil.example/devices/1234', en.search.foreignLink],
  ['10,000 characters', 'a'.repeat(10_000), en.search.understood],
  ['more than is searched', 'a b '.repeat(6_000), en.search.refused['too-long'].split('{')[0] ?? ''],
];

for (const [what, text, says] of NOTHING) {
  test(`says that ${what} leads nowhere, keeps the text and makes no call`, async ({ page, app }) => {
    await app.simulator.control('DELETE', '/calls');
    const input = page.getByRole('textbox', box);
    await input.fill(text);
    await page.keyboard.press('Enter');

    await expect(page.getByRole('main').getByRole('alert')).toContainText(says);
    await expect(input).toHaveValue(text);
    await expect(input).toBeFocused();
    await expect(input).toHaveAttribute('aria-invalid', 'true');
    await expect(page).toHaveURL(`${app.url}/`);
    expect(await app.calls()).toBe(0);

    await input.fill('1');
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
  });
}

test('works without scripts: the box leads to what it names and searches the rest', async ({
  browser,
  app,
  api,
}) => {
  const { cookies } = await (await api('support')).storageState();
  const context = await browser.newContext({ baseURL: app.url, javaScriptEnabled: false });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('textbox', box).fill('1234');
  await page.getByRole('button', { name: en.home.go, exact: true }).click();
  await expect(page).toHaveURL(`${app.url}/devices/1234`);
  await page.goto(`/?q=${encodeURIComponent('Meeting')}`);
  await expect(page.getByRole('textbox', box)).toHaveValue('Meeting');
  await expect(page.getByRole('option').first()).toBeVisible();
  await context.close();
});
