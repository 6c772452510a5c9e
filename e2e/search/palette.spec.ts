import type { Page } from '@playwright/test';
import { expect, test } from '../support/app.ts';
import { pressUntilFocused } from '../support/by-keyboard.ts';
import { KNOWING, untilFound, wholeList } from '../support/inventory.ts';
import { en } from '../support/texts.ts';

test.use({ appOptions: KNOWING });
test.beforeAll(async ({ api }) => void (await untilFound(await api('admin'))));

type Row = { deviceId: string; name: string; mac: string; serial: string; network: { ip: string } };

const palette = (page: Page) => page.getByRole('dialog', { name: en.search.title });
const box = (page: Page) => palette(page).getByRole('textbox', { name: en.home.label });
const options = (page: Page) => palette(page).getByRole('option');

for (const path of ['/devices', '/rooms', '/rooms/7263xxxxx', '/devices/1234', '/admin']) {
  test(`opens a device from ${path} by any spelling of its MAC`, async ({ page, enter, api, app }) => {
    const { deviceId } = await app.scenario('wired');
    const [device] = await wholeList<Row>(await api('support'), `/api/v1/devices?q=${deviceId}`);
    const bare = (device?.mac ?? '').replace(/[^0-9a-f]/gi, '');
    const spellings = [
      bare.toUpperCase(),
      bare.replace(/(..)(?=.)/g, '$1-'),
      bare.replace(/(....)(?=.)/g, '$1.'),
    ];
    await enter('admin');
    await app.simulator.control('DELETE', '/calls');
    for (const spelling of spellings) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await pressUntilFocused(page, 'Control+k', box(page));
      await page.keyboard.type(spelling);
      await expect(options(page).first()).toContainText(device?.name ?? '');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(new RegExp(`/devices/${deviceId}$`));
      await expect(palette(page)).toBeHidden();
    }
    expect(await app.calls(), 'known devices are not queried').toBe(0);
  });
}

for (const path of ['/', '/rooms', '/devices', '/devices/1234', '/alerts', '/admin', '/account']) {
  test(`takes every key that is typed after Ctrl-K on ${path}, and none works as a shortcut`, async ({
    page,
    enter,
    app,
  }) => {
    await enter('admin');
    await app.simulator.control('DELETE', '/calls');
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    // Buttons are enabled when the page's script has run.
    await expect(page.getByRole('button', { name: en.nav.find })).toBeEnabled();
    const calls = await app.calls();
    const text = 'rpsncjk gd gr/ 48495595 and rpsn';
    await page.keyboard.press('Control+k');
    await page.keyboard.type(text);
    await expect(box(page)).toHaveValue(text);
    await expect(page).toHaveURL((url) => url.pathname === path);
    expect(await app.calls()).toBe(calls);
  });
}

test('shows the devices of a pasted ticket as cards, and the arrows choose one', async ({
  page,
  enter,
  api,
}) => {
  const [one, two, three] = await wholeList<Row>(await api('support'), '/api/v1/devices?status=whiteboard');
  if (!one || !two || !three) throw new Error('Three devices are needed.');
  const ticket = [
    'Hi team, since this morning nothing works on the 5th floor!',
    `* the one with serial ${one.serial} shows a black screen`,
    `* MAC: ${two.mac.replaceAll(':', '-').toUpperCase()}, rebooted twice`,
    `设备编号 ${three.deviceId}，已经重启`,
    'Also device id: 99887766, which I never saw before. Thanks, Wang',
  ].join('\n');
  await enter('support');
  await page.goto('/rooms');
  await pressUntilFocused(page, 'Control+k', box(page));
  await box(page).fill(ticket);
  for (const { name } of [one, two, three])
    await expect(options(page).filter({ hasText: name })).toHaveCount(1);
  const asked = options(page).filter({ hasText: '99887766' });
  await expect(asked, 'querying an unknown ID shows its cost').toContainText('1 call');
  const second = options(page).nth(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(second).toHaveAttribute('aria-selected', 'true');
  const text = await second.innerText();
  const expected = [one, two, three].find(({ name }) => text.includes(name));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/devices/${expected?.deviceId}$`));
});

test('queries DingTalk for an unknown ID only when a person chooses it', async ({ page, enter, app }) => {
  await enter('support');
  await page.goto('/devices');
  await app.simulator.control('DELETE', '/calls');
  await pressUntilFocused(page, 'Control+k', box(page));
  await page.keyboard.type('99887766');
  const ask = options(page).filter({ hasText: '99887766' });
  await expect(ask).toContainText(en.search.askCost.deviceId);
  expect(await app.calls(), 'showing it costs nothing').toBe(0);
  await ask.click();
  await expect(page).toHaveURL(/\/devices\/99887766$/);
  await expect(page.locator('[data-problem="device-not-found.device"]')).toBeVisible();
  expect(await app.calls()).toBe(1);
});

test('offers a viewer no query, and finds by name and ID alone', async ({ page, enter, api }) => {
  const [device] = await wholeList<Row>(await api('support'), '/api/v1/devices?status=whiteboard');
  await enter('viewer');
  await page.goto('/devices');
  await pressUntilFocused(page, 'Control+k', box(page));
  for (const text of ['99887766', device?.mac ?? '', device?.serial ?? '']) {
    await box(page).fill(text);
    await expect(palette(page)).toContainText(/No results for|is not known here|takes the support role/);
    await expect(options(page)).toHaveCount(0);
  }
  await box(page).fill(device?.name ?? '');
  await expect(options(page).first()).toContainText(device?.name ?? '');
});

test('a device pinned on its page is listed first on the home page until it is unpinned', async ({
  page,
  enter,
}) => {
  await enter('support');
  await page.goto('/devices/1234');
  await page.getByRole('button', { name: en.search.pin, exact: true }).click();
  await expect(page.getByRole('button', { name: en.search.pinned, exact: true })).toBeVisible();
  const group = page.getByRole('region', { name: en.search.groups.pinned });
  // The request continues after navigation, and the next page may be rendered before it arrives.
  await expect(async () => {
    await page.goto('/');
    await expect(group).toContainText('DingTalk Meeting Device_xxxx', { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await group.getByRole('link', { name: 'DingTalk Meeting Device_xxxx' }).first().click();
  await page.getByRole('button', { name: en.search.pinned, exact: true }).click();
  await expect(page.getByRole('button', { name: en.search.pin, exact: true })).toBeVisible();
  await expect(async () => {
    await page.goto('/');
    await expect(page.getByRole('main')).toBeVisible();
    await expect(group).toHaveCount(0, { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
});
