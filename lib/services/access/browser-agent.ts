import Bowser from 'bowser';
import type { ShownSession } from '#lib/api/access/account-answers.ts';

/** What calls itself Chrome or Safari as well, and what bowser does not know. */
const OWN_NAMES: [mark: RegExp, name: string][] = [
  [/DingTalk/i, 'DingTalk'],
  [/^curl\//, 'curl'],
];

/** Shorter than in bowser. */
const SHORT_NAMES: Record<string, string> = {
  'Chrome OS': 'ChromeOS',
  'Microsoft Edge': 'Edge',
  'Samsung Internet for Android': 'Samsung Internet',
};

/** Only these: of a browser that it does not know, bowser returns a part of the text, which may be anything. */
const KNOWN_NAMES = new Set([Bowser.BROWSER_MAP, Bowser.OS_MAP].flatMap((names) => Object.values(names)));

/** The browser and its system by the names they have in every language. A browser may say anything: this is no proof. */
export function browserAgent(text: string | null): ShownSession['agent'] {
  if (!text) return { browser: null, system: null };
  const { browser, os, platform } = Bowser.parse(text);
  const [, ownName] = OWN_NAMES.find(([mark]) => mark.test(text)) ?? [];
  return {
    browser: ownName ?? knownName(browser.name),
    system: os.name === 'iOS' ? (platform.model ?? os.name) : knownName(os.name),
  };
}

function knownName(name: string | undefined): string | null {
  if (name === undefined || !KNOWN_NAMES.has(name)) return null;
  return SHORT_NAMES[name] ?? name;
}
