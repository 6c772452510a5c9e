import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './desk.ts';

const WIDTHS = [360, 1_440];

/** The languages as a browser asks for them, and as the page then says which it is in. */
export const LANGUAGES = [
  { lang: 'en', locale: 'en-GB' },
  { lang: 'zh-Hans', locale: 'zh-CN' },
];

/**
 * Every rule at both widths, one of them light and the other dark, and the other way round in the other language: a
 * theme changes colours alone, and a language words alone.
 */
export async function expectNoBarrier(page: Page, screen: string): Promise<void> {
  const inEnglish = (await page.locator('html').getAttribute('lang')) === 'en';
  for (const [at, width] of WIDTHS.entries()) {
    const colorScheme = (at === 0) === inEnglish ? 'light' : 'dark';
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    expect.soft(found, `${screen}, ${width} px, ${colorScheme}`).toEqual([]);
    expect(passes.length, 'axe looked at something').toBeGreaterThan(10);
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(tooWide, `${screen} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
  }
}
