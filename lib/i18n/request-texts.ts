import 'server-only';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { createTranslator } from 'use-intl/core';
import { LOCALE_COOKIE, pickLocale } from './locale.ts';
import { messagesFor } from './messages.ts';
import { pickTheme, THEME_COOKIE } from './theme.ts';

/** The language and theme of this request: the person's choice, else what the browser asks for. */
export const requestChoices = cache(async () => {
  const [jar, asked] = await Promise.all([cookies(), headers()]);
  return {
    locale: pickLocale(jar.get(LOCALE_COOKIE)?.value, asked.get('accept-language')),
    theme: pickTheme(jar.get(THEME_COOKIE)?.value),
  };
});

/** The translator of this request, for server components. */
export const requestTranslations = cache(async () => {
  const { locale } = await requestChoices();
  return createTranslator({ locale, messages: messagesFor(locale) });
});
