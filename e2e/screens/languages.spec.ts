import { expect, test } from '../support/app.ts';
import { en, zh } from '../support/texts.ts';

test('a browser that prefers British English gets English', async ({ browser, app }) => {
  const context = await browser.newContext({ baseURL: app.url, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en.signIn.title);
  await context.close();
});

test('a browser that prefers neither language gets English', async ({ request }) => {
  const html = await (
    await request.get('/sign-in', { headers: { 'accept-language': 'fr,de;q=0.5' } })
  ).text();
  expect(html).toContain('<html lang="en"');
});

test('the other language is one press away and is remembered', async ({ page, enter, context, app }) => {
  await enter('support');
  await page.goto(`/devices/${(await app.scenario('offlineNetwork')).deviceId}`);
  await page.getByRole('button', { name: 'Switch to 中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByRole('button', { name: zh.device.refresh })).toBeVisible();
  await expect(
    page.getByRole('article').locator('header').getByText(zh.status.offline, { exact: true }),
  ).toBeVisible();

  const later = await context.newPage();
  await later.goto('/');
  await expect(later.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(later.getByRole('heading', { level: 1 })).toContainText('台设备');
  await later.getByRole('button', { name: zh.nav.languageTo.replace('{language}', 'English') }).click();
  await expect(later.getByRole('heading', { level: 1 })).toContainText(/attention/);
});

test('the theme is one press away, changes at once and is remembered', async ({ page, enter }) => {
  await enter('support');
  await page.goto('/');
  const background = () =>
    page.evaluate(() => getComputedStyle(document.body.parentElement as Element).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Theme: System' }).click();
  await page.getByRole('button', { name: 'Theme: Light' }).click();
  await expect(page.getByRole('button', { name: 'Theme: Dark' })).toBeVisible();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Theme: Dark' })).toBeVisible();
  expect(await background()).toBe(dark);
});
