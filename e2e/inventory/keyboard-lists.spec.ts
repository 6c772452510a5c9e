import { expect, test } from '../support/app.ts';
import { pressUntilFocused, tabTo } from '../support/by-keyboard.ts';
import { KNOWING, untilFound } from '../support/inventory.ts';
import { en } from '../support/texts.ts';

test.use({ appOptions: KNOWING });
test.beforeAll(async ({ api }) => void (await untilFound(await api('admin'))));

test('opens an offline device from the menu and returns to the same list without a mouse', async ({
  page,
  enter,
}) => {
  await enter('support');
  await page.goto('/rooms');
  await tabTo(page, en.nav.devices);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/devices$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('devices');
  await tabTo(page, /Offline$/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/status=offline/);
  await expect(page.getByRole('link', { name: /Offline$/ }).first(), 'it stays where it was').toBeFocused();
  await tabTo(page, en.fleet.skipToList);
  await page.keyboard.press('Enter');
  const first = page.getByRole('table').getByRole('rowheader').first().getByRole('link');
  const href = await first.getAttribute('href');
  for (let presses = 0; presses < 20; presses++) {
    if (await first.evaluate((link) => link === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`${href}$`));
  await page.goBack();
  await expect(page).toHaveURL(/\/devices\?status=offline#list$/);
});

test('the slash key moves to the filter of a list, and Esc empties it', async ({ page, enter }) => {
  await enter('support');
  for (const [path, label] of [
    ['/devices', en.fleet.find],
    ['/rooms', en.rooms.find],
  ] as const) {
    await page.goto(path);
    const box = page.getByRole('main').getByRole('textbox', { name: label });
    await pressUntilFocused(page, '/', box);
    await box.fill('');
    await page.keyboard.type('test');
    await expect(page).toHaveURL(/q=test/);
    await page.keyboard.press('Escape');
    await expect(box).toHaveValue('');
    await expect(page).toHaveURL(new RegExp(`${path}$`));
  }
});

test('the tree is walked, opened and closed without a mouse', async ({ page, enter }) => {
  await enter('viewer');
  await page.goto('/rooms');
  const open = /^Show what is in /;
  await tabTo(page, open);
  const name = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  const branch = name.replace(open, '');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: en.rooms.close.replace('{name}', branch) })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/group=/);
});
