'use client';

import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'use-intl';
import { BareButton } from '#components/ui/bare-button.tsx';
import { HTML_LANG, LOCALE_COOKIE, LOCALE_NAMES, LOCALES } from '#lib/i18n/locale.ts';
import { remember } from './remember.ts';

/** Offers the other language in its own words, so that whoever landed in the wrong one finds the way out. */
export function LanguageSwitch() {
  const t = useTranslations('nav');
  const router = useRouter();
  const current = LOCALES.indexOf(useLocale());
  const next = LOCALES[(current + 1) % LOCALES.length] ?? 'en';
  return (
    <BareButton
      lang={HTML_LANG[next]}
      aria-label={t('languageTo', { language: LOCALE_NAMES[next] })}
      title={t('languageTo', { language: LOCALE_NAMES[next] })}
      onClick={() => {
        remember(LOCALE_COOKIE, next);
        router.refresh();
      }}
      className="inline-flex h-8 items-center rounded px-2 text-quiet text-small hover:bg-sunken hover:text-text"
    >
      {LOCALE_NAMES[next]}
    </BareButton>
  );
}
