import type { Page } from '@playwright/test';
import { expect, test } from './desk.ts';
import { prepareScreens, SCREENS } from './screens.ts';
import { en, textsOf, zh } from './words.ts';

// Names and words that are the same in both languages on purpose, and texts too short to tell a language by.
const texts = new Map(textsOf(zh));
const ENGLISH = textsOf(en)
  .filter(([key, text]) => texts.get(key) !== text)
  .map(([, text]) => text.split(/[{<]/)[0]?.trim() ?? '')
  .filter((text) => /[a-z]{2}.*[a-z]{2}/i.test(text) && text.length >= 4);

/** All that a person sees or hears of the page: text, names of what can be pressed, what fields say. */
const visibleText = (page: Page) =>
  page.evaluate(() => {
    const attributes = ['aria-label', 'title', 'placeholder', 'alt'];
    const named = [...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')];
    const names = named.flatMap((element) => attributes.map((name) => element.getAttribute(name) ?? ''));
    // DingTalk's own words and names stay as they are in every language, and so do the halves of one that is cut.
    const theirs = document.querySelectorAll<HTMLElement>('.identifier, [title] > [aria-hidden] *');
    const kept = new Set([...theirs].map((element) => (element.innerText ?? '').trim()));
    const said = [document.title, ...document.body.innerText.split('\n'), ...names];
    return said.filter((line) => !kept.has(line.trim())).join('\n');
  });

test.beforeAll(async ({ api, desk }) => prepareScreens(await api('support'), desk));

test.describe('for a browser that asks for Chinese', () => {
  test.use({ locale: 'zh-CN' });

  for (const screen of SCREENS) {
    test(`${screen.name} has no English sentence left`, async ({ page, desk, enter }) => {
      if (screen.as) await enter(screen.as);
      await screen.open(page, desk);
      await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
      const lines = (await visibleText(page)).split('\n').map((line) => line.trim());
      const left = ENGLISH.filter((text) => lines.some((line) => startsAsWord(line, text)));
      expect(left).toEqual([]);
      expect(lines.join(''), 'and Chinese is there').toMatch(/[\u4e00-\u9fff]{4}/);
    });
  }
});

function startsAsWord(line: string, text: string): boolean {
  return line === text || (text.length > 12 && line.includes(text));
}

test('a browser that asks for British English gets English', async ({ browser, desk }) => {
  const context = await browser.newContext({ baseURL: desk.url, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en.signIn.title);
  await context.close();
});

test('a browser that asks for neither gets English', async ({ request }) => {
  const html = await (
    await request.get('/sign-in', { headers: { 'accept-language': 'fr,de;q=0.5' } })
  ).text();
  expect(html).toContain('<html lang="en"');
});

test('the other language is one press away and is remembered', async ({ page, enter, context, desk }) => {
  await enter('support');
  await page.goto(`/devices/${(await desk.scenario('offlineNetwork')).deviceId}`);
  await page.getByRole('button', { name: 'Switch to 中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByRole('button', { name: zh.device.refresh })).toBeVisible();
  await expect(
    page.getByRole('article').locator('header').getByText(zh.status.offline, { exact: true }),
  ).toBeVisible();

  const later = await context.newPage();
  await later.goto('/');
  await expect(later.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(later.getByRole('heading', { level: 1 })).toHaveText(zh.lookUp.title);
  await later.getByRole('button', { name: zh.nav.languageTo.replace('{language}', 'English') }).click();
  await expect(later.getByRole('heading', { level: 1 })).toHaveText(en.lookUp.title);
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
