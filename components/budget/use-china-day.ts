'use client';

import { useLocale } from 'use-intl';

/** Writes a month of DingTalk's calendar such as `2026-11` as the reader does. */
export function useChinaMonth(): (month: string) => string {
  const locale = useLocale();
  const format = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return (month) => format.format(new Date(`${month}-15T00:00:00Z`));
}

/** Writes a day of DingTalk's calendar, such as "21 Nov": the month that is counted is China's, whoever reads. */
export function useChinaDay(): (iso: string) => string {
  const locale = useLocale();
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    day: 'numeric',
    month: 'short',
    timeZone: 'Asia/Shanghai',
  });
  return (iso) => format.format(new Date(iso));
}
