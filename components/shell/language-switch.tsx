'use client';

import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'use-intl';
import { HTML_LANG, LOCALE_COOKIE, LOCALE_NAMES, LOCALES } from '#lib/words/locale.ts';
import { Choice } from './choice.tsx';
import { remember } from './remember.ts';

/** Each language named in itself, so that whoever landed in the wrong one finds the way out. */
export function LanguageSwitch() {
  const say = useTranslations('nav');
  const current = useLocale();
  const router = useRouter();
  return (
    <Choice
      label={say('language')}
      value={current}
      options={LOCALES.map((locale) => ({
        value: locale,
        text: LOCALE_NAMES[locale],
        lang: HTML_LANG[locale],
      }))}
      onChoose={(locale) => {
        remember(LOCALE_COOKIE, locale);
        router.refresh();
      }}
    />
  );
}
