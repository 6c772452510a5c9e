import type { Page } from '@playwright/test';
import { expect, test } from '../support/app.ts';
import { startAtTheTop, tabTo } from '../support/by-keyboard.ts';
import { en } from '../support/texts.ts';

const words = en.shortcuts;
const sheet = (page: Page) => page.getByRole('dialog', { name: words.sheet.title });
const group = (page: Page, name: string) => sheet(page).getByRole('region', { name });

/** A page handles keys only after its script runs. */
async function open(page: Page, path: string) {
  const listening = page.waitForRequest('**/api/v1/live*');
  await page.goto(path);
  await listening;
}

test('the sheet lists the shortcuts of this page and person, and closes where it was opened', async ({
  page,
  enter,
}) => {
  await enter('support');
  await open(page, '/devices/1234');
  await expect(page.getByRole('button', { name: en.device.refresh })).toBeEnabled();
  await page.keyboard.press('?');
  for (const what of [words.find, words.palette, words.goRooms, words.goWall, words.help]) {
    await expect(group(page, words.sheet.everywhere)).toContainText(what);
  }
  for (const what of [words.refresh, words.copyLink, words.pin, words.note]) {
    await expect(group(page, words.sheet.page)).toContainText(what);
  }
  await expect(sheet(page), 'support has no service screen').not.toContainText(words.goService);
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(sheet(page), 'what is under a dialog hears nothing').toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toBeHidden();
  await startAtTheTop(page);
  await tabTo(page, new RegExp(`^${words.sheet.title}`), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(sheet(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: words.sheet.title })).toBeFocused();
});

test('a viewer’s sheet has no shortcut that a viewer may not use, and an admin’s leads to the admin page', async ({
  page,
  enter,
  api,
}) => {
  await (await api('support')).get('/api/v1/devices/query?deviceId=1234');
  await enter('viewer');
  await open(page, '/devices/1234');
  await page.keyboard.press('?');
  await expect(group(page, words.sheet.page)).toContainText(words.copyLink);
  await expect(sheet(page)).not.toContainText(words.refresh);
  await expect(sheet(page)).not.toContainText(words.note);
  await enter('admin');
  await open(page, '/');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page).toHaveURL(/\/admin$/);
});

test('shortcuts press what is on the page, lead on two keys at a time, and are letters in text fields', async ({
  page,
  context,
  app,
  enter,
  api,
}) => {
  await (await api('support')).get('/api/v1/devices/query?deviceId=1234&fresh=true');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await enter('support');
  await open(page, '/devices/1234');
  const refresh = page.getByRole('button', { name: en.device.refresh });
  await expect(refresh).toBeEnabled();
  await app.simulator.control('DELETE', '/calls');
  // Control and R would load the page anew.
  await page.evaluate(() => addEventListener('keydown', (event) => event.ctrlKey && event.preventDefault()));
  for (const held of ['Control+r', 'Alt+r', 'Shift+r']) await page.keyboard.press(held);
  expect(await app.calls(), 'with a modifier it is another key').toBe(0);
  await page.keyboard.press('r');
  await expect.poll(() => app.calls()).toBe(1);
  await expect(refresh).toHaveAttribute('aria-disabled', 'false');
  await page.keyboard.press('c');
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(`${app.url}/devices/1234`);
  const pin = page.getByRole('button', { name: en.search.pin, exact: true });
  await expect(pin).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('p');
  const pinned = page.getByRole('button', { name: en.search.pinned, disabled: false });
  await expect(pinned).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('p');
  await expect(pin).toHaveAttribute('aria-pressed', 'false');

  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(page).toHaveURL(/\/devices$/);
  const box = page.getByRole('main').getByRole('textbox', { name: en.fleet.find });
  await box.focus();
  await page.keyboard.type('gr?');
  await expect(box).toHaveValue('gr?');
  await expect(sheet(page)).toBeHidden();
  await expect(page).toHaveURL(/\/devices\?q=/);
});

test('switched off, shortcuts do nothing here and on the next page until switched on again', async ({
  page,
  enter,
}) => {
  await enter('support');
  await open(page, '/rooms');
  await page.getByRole('button', { name: words.sheet.title }).click();
  const on = sheet(page).getByRole('checkbox', { name: words.sheet.on });
  await expect(on).toBeChecked();
  await on.uncheck();
  await page.keyboard.press('Escape');
  for (const path of ['/rooms', '/devices']) {
    await open(page, path);
    for (const key of ['?', '/', 'g', 'l']) await page.keyboard.press(key);
    await expect(page).toHaveURL(new RegExp(`${path}$`));
    await expect(sheet(page)).toBeHidden();
    await expect(page.locator('input:focus, textarea:focus')).toHaveCount(0);
  }
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: en.search.title }), 'a modifier is held').toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: words.sheet.title }).click();
  await on.check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page).toHaveURL(/\/$/);
});
