import type { BrowserContext } from '@playwright/test';
import { expectNoBarrier, LANGUAGES } from '../support/accessibility.ts';
import { test as base } from '../support/app.ts';
import { expectOneLanguage } from './one-language.ts';
import { expectIntact, watch } from './page-integrity.ts';
import type { Screen } from './screen.ts';

/**
 * Tests that share a browser context for each language, so that scripts and styles are fetched and compiled once. Each
 * test still has a page and cookies of its own. Every page has to be watched, which includes its content security policy.
 */
export const test = base.extend<object, { contextIn: (locale: string) => Promise<BrowserContext> }>({
  contextIn: [
    async ({ browser, app }, use) => {
      const contexts = new Map<string, Promise<BrowserContext>>();
      await use((locale) => {
        const viewport = { width: 360, height: 900 };
        const context = contexts.get(locale) ?? browser.newContext({ baseURL: app.url, locale, viewport });
        contexts.set(locale, context);
        return context;
      });
      for (const each of contexts.values()) await (await each).close();
    },
    { scope: 'worker' },
  ],
  context: async ({ contextIn, locale }, use) => use(await contextIn(locale ?? 'en-GB')),
  page: async ({ context }, use) => {
    await context.clearCookies();
    const page = await context.newPage();
    await use(page);
    await page.close();
  },
});

/**
 * Declares one test for each screen and language. It opens the screen once and checks there that its texts are in that
 * language, that nothing hostile ran or left its place, that axe finds no barrier and that nothing scrolls sideways, at
 * 360 and at 1,440 px.
 */
export function checkScreens(screens: readonly Screen[]): void {
  for (const { lang, locale } of LANGUAGES) {
    test.describe(`in ${lang}`, () => {
      test.use({ locale });
      for (const screen of screens) {
        test(`${screen.name}: one language, accessible, hostile text stays text`, async ({
          page,
          app,
          enter,
        }) => {
          if (screen.as) await enter(screen.as);
          const watched = await watch(page, app.url);
          await screen.open(page, app);
          await expectOneLanguage(page, lang);
          await expectIntact(page, watched, `${screen.name}, 360 px`);
          await expectNoBarrier(page, screen.name);
          await expectIntact(page, watched, `${screen.name}, 1,440 px`);
        });
      }
    });
  }
}
