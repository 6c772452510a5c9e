/** What a browser says of itself, as far as it is worth telling a person; null where it does not say. */
export type BrowserAgent = { browser: string | null; system: string | null };

// In this order: nearly every browser also calls itself by the names of those before it.
const BROWSERS: [mark: RegExp, name: string][] = [
  [/DingTalk/i, 'DingTalk'],
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/\S+ .*Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
];

const SYSTEMS: [mark: RegExp, name: string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bOpenHarmony\b|\bHarmonyOS\b/, 'HarmonyOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** The browser and its system by the names they have in every language. A browser may say anything: this is no proof. */
export function browserAgent(text: string | null): BrowserAgent {
  const first = (names: [RegExp, string][]) => names.find(([mark]) => mark.test(text ?? ''))?.[1] ?? null;
  return { browser: first(BROWSERS), system: first(SYSTEMS) };
}
