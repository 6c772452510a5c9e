import type { Page } from '@playwright/test';
import { expect } from '../support/app.ts';
import { en, textsOf, zh } from '../support/texts.ts';

const CHINESE = /[\u4e00-\u9fff]{2}/;

/** Texts of one catalogue that identify its language: different in the other one, and not too short. */
function distinctiveTexts(catalogue: object, other: object, isLong: (text: string) => boolean): string[] {
  const others = new Map(textsOf(other));
  return textsOf(catalogue)
    .filter(([key, text]) => others.get(key) !== text)
    .map(([, text]) => text.split(/[{<]/)[0]?.trim() ?? '')
    .filter(isLong);
}

const ENGLISH = distinctiveTexts(en, zh, (text) => /[a-z]{2}.*[a-z]{2}/i.test(text) && text.length >= 4);
const CHINESE_TEXTS = distinctiveTexts(zh, en, (text) => CHINESE.test(text) && text.length >= 4);

/** Expects that the page declares the language, has texts in it, and none in the other one. */
export async function expectOneLanguage(page: Page, lang: string): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', lang);
  const lines = (await visibleText(page)).split('\n').map((line) => line.trim());
  const found = (texts: string[], longFrom: number) =>
    texts.filter((text) =>
      lines.some((line) => line === text || (text.length >= longFrom && line.includes(text))),
    );
  const english = found(ENGLISH, 13);
  const chinese = found(CHINESE_TEXTS, 7);
  const [own, other] = lang === 'en' ? [english, chinese] : [chinese, english];
  expect.soft(other, 'texts in the other language').toEqual([]);
  expect.soft(own, 'texts in its own language').not.toEqual([]);
}

/** All text of the page: visible text, accessible names and field values. */
const visibleText = (page: Page) =>
  page.evaluate(() => {
    const attributes = ['aria-label', 'title', 'placeholder', 'alt'];
    const named = [...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')];
    // DingTalk's words and names are the same in every language, also when a long one is shortened. A title contains
    // DingTalk's word for a status.
    const names = named
      .flatMap((element) => attributes.map((name) => element.getAttribute(name) ?? ''))
      .filter((name) => name !== 'offline');
    // A part that declares a language of its own, such as the API's descriptions, is meant to be in it.
    const theirs = document.querySelectorAll<HTMLElement>(
      '.identifier, [title] > [aria-hidden] *, body [lang]',
    );
    const kept = new Set([...theirs].map((element) => (element.innerText ?? '').trim()));
    const said = [document.title, ...document.body.innerText.split('\n'), ...names];
    return said.filter((line) => !kept.has(line.trim())).join('\n');
  });
