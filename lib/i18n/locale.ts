/** The languages the desk speaks. */
export const LOCALES = ['en', 'zh'] as const;

export type Locale = (typeof LOCALES)[number];

/** Each language in its own words. */
export const LOCALE_NAMES: Record<Locale, string> = { en: 'English', zh: '中文' };

/** What `lang` says on the page: Chinese is Simplified here, which decides the glyphs. */
export const HTML_LANG: Record<Locale, string> = { en: 'en', zh: 'zh-Hans' };

/** Cookie in which the choice travels; it holds no secret and follows the browser, not the person. */
export const LOCALE_COOKIE = 'rooms-desk.language';

/** The chosen language, else the first the browser asks for that we speak, else English. */
export function pickLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  const known = LOCALES.find((locale) => locale === chosen);
  if (known) return known;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((entry, index) => {
      const [tag = '', ...rest] = entry.trim().split(';');
      const q = Number(rest.find((part) => part.trim().startsWith('q='))?.split('=')[1] ?? 1);
      return { language: tag.toLowerCase().split('-')[0], q: Number.isNaN(q) ? 0 : q, index };
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q || a.index - b.index);
  for (const { language } of wanted) {
    const spoken = LOCALES.find((locale) => locale === language);
    if (spoken) return spoken;
  }
  return 'en';
}
