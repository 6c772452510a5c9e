import type { Locator, Page } from '@playwright/test';
import { expect } from './app.ts';

/**
 * Presses Tab until the element is focused, as a person without a mouse does; gives up after a page's worth of stops.
 */
export async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press(key);
    if (matches(await focusedName(page), name)) {
      await expectFocusSeen(page);
      return;
    }
  }
  throw new Error(`${name} was not reached by ${key}.`);
}

const matches = (found: string, name: string | RegExp) =>
  typeof name === 'string' ? found === name : name.test(found);

/** The accessible name of the focused element: its label, else its text. */
export const focusedName = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement;
    const isField = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement;
    const labels = isField ? focused.labels : null;
    const name =
      focused?.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? focused?.textContent ?? '';
    return name.replace(/\s+/g, ' ').trim();
  });

/** Expects that the focused element has a visible outline. */
export async function expectFocusSeen(page: Page): Promise<void> {
  const outline = await page.evaluate(() => {
    const style = document.activeElement && getComputedStyle(document.activeElement);
    return style ? { style: style.outlineStyle, width: Number.parseFloat(style.outlineWidth) } : null;
  });
  expect(outline?.style).not.toBe('none');
  expect(outline?.width).toBeGreaterThan(0);
}

/** The focus of a browser that has just loaded the page and not moved it. */
export const startAtTheTop = (page: Page) =>
  page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });

/**
 * A page handles keys only after its script runs, and does not announce it, so the key is pressed again until it
 * works.
 */
export async function pressUntilFocused(page: Page, key: string, box: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(box).toBeFocused({ timeout: 1_000 });
  }).toPass();
}
