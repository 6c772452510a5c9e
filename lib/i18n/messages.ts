import compile from 'icu-minify/compile';
import type {} from 'use-intl';
import en from './en.json' with { type: 'json' };
import type { Locale } from './locale.ts';
import zh from './zh.json' with { type: 'json' };

/** The catalogue's keys, as the English one has them; a test holds the others to it. */
export type Messages = typeof en;

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}

// Messages are compiled once here, so that no parser of message syntax travels to the browser.
const compiled: Record<Locale, Messages> = { en: compileAll(en), zh: compileAll(zh) };

/** Every message of a language, compiled. */
export function messagesFor(locale: Locale): Messages {
  return compiled[locale];
}

/** The parts of the catalogue that client components speak from; the rest stays on the server. */
const CLIENT_PARTS = [
  'age',
  'copy',
  'device',
  'kind',
  'home',
  'nav',
  'page',
  'problem',
  'problems',
  'role',
  'signIn',
  'source',
  'sourceWhy',
  'status',
] as const satisfies (keyof Messages)[];

/** The words that travel to the browser with a page. */
export function clientMessages(locale: Locale): Partial<Messages> {
  return partMessages(locale, CLIENT_PARTS);
}

/** The words of some parts, for a page whose view speaks them beside what travels with every page. */
export function partMessages(locale: Locale, parts: readonly (keyof Messages)[]): Partial<Messages> {
  const messages = compiled[locale];
  return Object.fromEntries(parts.map((part) => [part, messages[part]]));
}

/** What issues are called, whole and short, and how bad they are, for lists; the rest stays on the pages that say it. */
export function issueTitles(locale: Locale): Partial<Messages> {
  const { catalogue, severity } = compiled[locale].issues;
  const titles = Object.entries(catalogue).map(([code, { title, short }]) => [code, { title, short }]);
  return { issues: { severity, catalogue: Object.fromEntries(titles) } } as unknown as Partial<Messages>;
}

/** What people in a room said, for the page of a device; what they are asked stays on the page that asks. */
export function checkTexts(locale: Locale): Partial<Messages> {
  const { list: _, steps, ...rest } = compiled[locale].checklist;
  const said = Object.entries(steps).map(([step, { said }]) => [step, { said }]);
  return { checklist: { ...rest, steps: Object.fromEntries(said) } } as unknown as Partial<Messages>;
}

function compileAll<T>(node: T): T {
  // Through JSON, because the compiler's objects have no prototype and React passes only plain ones on.
  if (typeof node === 'string') return JSON.parse(JSON.stringify(compile(node))) as T;
  const entries = Object.entries(node as object).map(([key, value]) => [key, compileAll(value)]);
  return Object.fromEntries(entries) as T;
}
