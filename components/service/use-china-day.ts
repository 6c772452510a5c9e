'use client';

import { useLocale } from 'use-intl';

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
