import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import { expect } from './app.ts';

const WIDTHS = [360, 1_440];

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Runs every rule; of passed ones only the number, and no paths to elements, which cost more than the rules. */
const OPTIONS: RunOptions = { resultTypes: ['violations'], selectors: false };

/** The languages as a browser requests them, and as the page then declares them. */
export const LANGUAGES = [
  { lang: 'en', locale: 'en-GB' },
  { lang: 'zh-Hans', locale: 'zh-CN' },
];

/**
 * Runs every rule at both widths, one light and the other dark, and the other way round in the other language: a theme
 * changes only colors, and a language only texts.
 */
export async function expectNoBarrier(page: Page, screen: string): Promise<void> {
  const inEnglish = (await page.locator('html').getAttribute('lang')) === 'en';
  for (const [at, width] of WIDTHS.entries()) {
    const colorScheme = (at === 0) === inEnglish ? 'light' : 'dark';
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations, passes } = await runAxe(page);
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    expect.soft(found, `${screen}, ${width} px, ${colorScheme}`).toEqual([]);
    expect(passes.length, 'axe looked at something').toBeGreaterThan(10);
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(tooWide, `${screen} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
  }
}

type Axe = { run: (context: ElementContext, options: RunOptions) => Promise<AxeResults> };

/** Runs axe in the page, where it is loaded once: parsing its script takes as long as checking most pages. */
async function runAxe(page: Page): Promise<AxeResults> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate((options) => {
    const { axe } = window as unknown as { axe: Axe };
    return axe.run(document, options);
  }, OPTIONS);
}
