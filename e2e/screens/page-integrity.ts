import type { Page } from '@playwright/test';
import { expect } from '../support/app.ts';

/** Everything that a page must never do; grows while the page is open. */
export type Watch = { violations: string[] };

/** The browser's message for every response that is not 2xx; the pages' own tests check those. */
const EXPECTED = /^Failed to load resource/;

/** Watches a page from the start: it must open no dialog, throw no error, call no other host and violate no policy. */
export async function watch(page: Page, url: string): Promise<Watch> {
  const violations: string[] = [];
  page.on('dialog', (dialog) => {
    violations.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  page.on('pageerror', (error) => violations.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) {
      violations.push(`console: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) violations.push(`request: ${request.url()}`);
  });
  await page.exposeFunction(
    'policyBroken',
    (violation: string) => void violations.push(`policy: ${violation}`),
  );
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      const { policyBroken } = window as unknown as { policyBroken: (violation: string) => void };
      policyBroken(`${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  return { violations };
}

/** Expects that the page ran no injected script, shows values as text only, and keeps its layout. */
export async function expectIntact(page: Page, { violations }: Watch, where: string): Promise<void> {
  const found = await page.evaluate(() => {
    const spots = 'iframe, object, embed, img, [onerror], [onload], [onclick], a[href^="javascript" i]';
    const strange = [...document.body.querySelectorAll(spots)].map((each) => each.outerHTML.slice(0, 120));
    return {
      ran: Object.keys(window).filter((name) => name.startsWith('hacked')),
      strange,
      tooWide: document.documentElement.scrollWidth - window.innerWidth,
    };
  });
  expect.soft(found.ran, `${where}: what ran`).toEqual([]);
  expect.soft(found.strange, `${where}: what is no text`).toEqual([]);
  expect.soft(found.tooWide, `${where}: scrolls sideways`).toBeLessThanOrEqual(0);
  expect.soft(await turnedTexts(page), `${where}: what is turned round`).toEqual([]);
  expect.soft(violations, where).toEqual([]);
}

/**
 * Product texts that a direction mark in a value would reverse, because they follow it in the same isolate. Returns
 * each with the text that reverses it.
 */
export function turnedTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const MARK = /[\u202a-\u202e\u2066-\u2069]/;
    // A block is a paragraph of its own; inline text is isolated only with the matching style.
    const isIsolated = (element: Element) => {
      const { unicodeBidi, display } = getComputedStyle(element);
      return /isolate|plaintext/.test(unicodeBidi) || !/^(inline|contents)$/.test(display);
    };
    const isolateOf = (node: Node) => {
      let at = node.parentElement;
      while (at && at !== document.body && !isIsolated(at)) at = at.parentElement;
      return at ?? document.body;
    };
    const texts: Text[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement?.closest('script, style, template, noscript, option, textarea, svg');
      if (!holder && (node.nodeValue ?? '').trim() !== '') texts.push(node as Text);
    }
    return texts.flatMap((text, at) => {
      if (!MARK.test(text.data)) return [];
      const isolate = isolateOf(text);
      const turned = texts
        .slice(at + 1)
        .filter((other) => isolate.contains(other) && isolateOf(other) === isolate);
      return turned.map(
        (other) => `"${other.data.slice(0, 60)}" by "${text.data.slice(0, 60)}" in <${isolate.tagName}>`,
      );
    });
  });
}
