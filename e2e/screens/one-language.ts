import type { Page } from '@playwright/test';
import { expect } from '../support/app.ts';
import { en, textsOf, zh } from '../support/texts.ts';

const CHINESE = /[\u4e00-\u9fff]{2}/;

/** Texts of one catalogue that tell its language: not the same in the other, and not too short. */
function telling(catalogue: object, other: object, isLong: (text: string) => boolean): string[] {
  const others = new Map(textsOf(other));
  return textsOf(catalogue)
    .filter(([key, text]) => others.get(key) !== text)
    .map(([, text]) => text.split(/[{<]/)[0]?.trim() ?? '')
    .filter(isLong);
}

const ENGLISH = telling(en, zh, (text) => /[a-z]{2}.*[a-z]{2}/i.test(text) && text.length >= 4);
const CHINESE_TEXTS = telling(zh, en, (text) => CHINESE.test(text) && text.length >= 4);

/** The page says that it is in the language, has texts in it, and none in the other. */
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

/** All that a person sees or hears of the page: text, names of what can be pressed, what fields say. */
const visibleText = (page: Page) =>
  page.evaluate(() => {
    const attributes = ['aria-label', 'title', 'placeholder', 'alt'];
    const named = [...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')];
    // DingTalk's own words and names are the same in every language, also where a long one is cut in the middle. Its
    // word for a status is in a title.
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
