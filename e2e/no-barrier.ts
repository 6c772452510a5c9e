import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './desk.ts';

const WIDTHS = [360, 1_440];
const THEMES = ['light', 'dark'] as const;

/** The languages as a browser asks for them, and as the page then says which it is in. */
export const LANGUAGES = [
  { lang: 'en', locale: 'en-GB' },
  { lang: 'zh-Hans', locale: 'zh-CN' },
];

/** Every rule at both widths, one of them light and the other dark; the two other pairs can differ in contrast alone. */
export async function expectNoBarrier(page: Page, screen: string): Promise<void> {
  for (const [at, width] of WIDTHS.entries()) {
    await page.setViewportSize({ width, height: 900 });
    for (const [other, colorScheme] of THEMES.entries()) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const axe = new AxeBuilder({ page }).setLegacyMode(true);
      if (at !== other) axe.withRules(['color-contrast']);
      const { violations, passes } = await axe.analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
      expect.soft(found, `${screen}, ${width} px, ${colorScheme}`).toEqual([]);
      expect(passes.length, 'axe looked at something').toBeGreaterThan(at === other ? 10 : 0);
    }
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(tooWide, `${screen} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
  }
}
