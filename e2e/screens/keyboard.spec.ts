import type { Page } from '@playwright/test';
import { expect, test } from '../support/app.ts';
import { focusedName, startAtTheTop, tabTo } from '../support/by-keyboard.ts';
import { en } from '../support/texts.ts';

test('signs in and copies a fact without a mouse', async ({ page, app, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/');
  await tabTo(page, /^Support/);
  await page.keyboard.press('Enter');

  await expect(page.getByRole('textbox', { name: en.home.label })).toBeFocused();
  await page.keyboard.type('1234');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('DingTalk Meeting Device_xxxx');

  await app.simulator.control('DELETE', '/calls');
  await tabTo(page, /^Refresh/);
  await page.keyboard.press('Space');
  await expect.poll(() => app.calls()).toBe(1);
  await expect(page.getByRole('button', { name: en.device.refresh })).toBeEnabled();

  await tabTo(page, en.copy.copyLink);
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${app.url}/devices/1234`);
  await tabTo(page, 'Copy IP');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('127.0.0.10');

  await tabTo(page, en.device.raw);
  await page.keyboard.press('Enter');
  await expect(page.locator('pre')).toBeVisible();
  await tabTo(page, /^\{ "result"/);
});

test('refreshing keeps the keyboard focus', async ({ page, enter }) => {
  await enter('support');
  await page.goto('/devices/1234');
  const refresh = page.getByRole('button', { name: en.device.refresh });
  await expect(refresh).toBeEnabled();
  await refresh.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTitle(en.sourceWhy.live)).toBeVisible();
  await expect(refresh).toBeEnabled();
  await expect(refresh).toBeFocused();
});

const palette = (page: Page) => page.getByRole('dialog', { name: en.search.title });

test('the slash key opens the search on a page without a search box', async ({ page, enter }) => {
  await enter('support');
  // The page handles keys only after its script runs.
  const listening = page.waitForRequest('**/api/v1/live*');
  await page.goto('/devices/1234');
  await listening;
  await page.keyboard.press('/');
  const box = palette(page).getByRole('textbox', { name: en.home.label });
  await expect(box).toBeFocused();
  await expect(box, 'the slash itself is not typed').toHaveValue('');
  await page.keyboard.type('/devices/2345');
  await expect(box, 'in the box it is a letter').toHaveValue('/devices/2345');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/devices\/2345$/);
  await expect(palette(page)).toBeHidden();
});

test('the slash key moves to the box of the home page', async ({ page, enter }) => {
  await enter('support');
  const listening = page.waitForRequest('**/api/v1/live*');
  await page.goto('/');
  await listening;
  const box = page.getByRole('main').getByRole('textbox', { name: en.home.label });
  await expect(box).toBeFocused();
  await startAtTheTop(page);
  await page.keyboard.press('/');
  await expect(box).toBeFocused();
  await expect(palette(page)).toBeHidden();
});

for (const keys of ['Control+k', 'Meta+k']) {
  test(`${keys} opens the search anywhere, and Esc closes it and restores the focus`, async ({
    page,
    enter,
  }) => {
    await enter('support');
    await page.goto('/devices/1234');
    const refresh = page.getByRole('button', { name: en.device.refresh });
    await expect(refresh).toBeEnabled();
    await refresh.focus();
    await page.keyboard.press(keys);
    await expect(palette(page).getByRole('textbox', { name: en.home.label })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(palette(page)).toBeHidden();
    await expect(refresh).toBeFocused();
  });
}

test('the first tab stop skips what every page repeats', async ({ page, enter }) => {
  await enter('support');
  await page.goto('/devices/1234');
  await page.keyboard.press('Tab');
  expect(await focusedName(page)).toBe(en.app.skip);
  await expect(page.getByRole('link', { name: en.app.skip })).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

for (const path of [
  '/',
  '/devices/1234',
  '/devices',
  '/rooms',
  '/wallboard',
  '/admin',
  '/sign-in',
  '/no/such/page',
]) {
  test(`the keyboard goes through all of ${path} and out again, both ways`, async ({ page, enter }) => {
    if (path !== '/sign-in') await enter('admin');
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    for (const key of ['Tab', 'Shift+Tab']) {
      // A list may grow during the walk; only a walk through an unchanged page counts.
      await expect(async () => {
        const pressable = await pressables(page);
        const most = 2 * pressable + 20;
        const visited = await walk(page, key, most);
        expect(await pressables(page), 'the page stood still').toBe(pressable);
        expect(visited.length, `${key}: ${visited.join(' | ')}`).toBeGreaterThanOrEqual(pressable);
        expect(visited.length, 'it comes to an end').toBeLessThan(most);
        expect(
          visited.every((name) => name !== ''),
          visited.join(' | '),
        ).toBe(true);
      }).toPass({ timeout: 60_000 });
    }
  });
}

const pressables = (page: Page) =>
  page.locator('a[href]:visible, button:enabled:visible, input:visible, textarea:visible').count();

/** The names of the tab stops from the top of the page until the end or `most` stops. */
async function walk(page: Page, key: string, most: number): Promise<string[]> {
  await startAtTheTop(page);
  const visited: string[] = [];
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press(key);
    const onPage = await page.evaluate(() => document.activeElement !== document.body);
    if (!onPage && presses > 0) break;
    visited.push(await focusedName(page));
  }
  return visited;
}
