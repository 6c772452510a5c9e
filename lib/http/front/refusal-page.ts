import { createTranslator } from 'use-intl/core';
import type { AppError } from '#lib/domain/errors.ts';
import { HTML_LANG, type Locale } from '#lib/i18n/locale.ts';
import { messagesFor } from '#lib/i18n/messages.ts';

/** A page for somebody who came by another name than the desk's own, where none of its files can be shown. */
export function refusalPage({ reason, values }: AppError, locale: Locale, appUrl: string): string {
  const translate = createTranslator({ locale, messages: messagesFor(locale) });
  const t = (part: 'title' | 'detail' | 'hint') => escaped(translate(`problems.${reason}.${part}`, values));
  return [
    `<!doctype html><html lang="${HTML_LANG[locale]}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">',
    `<title>${t('title')}</title></head><body><h1>${t('title')}</h1><p>${t('detail')}</p>`,
    `<p>${t('hint')}</p><p><a href="${escaped(appUrl)}/">${escaped(appUrl)}</a></p></body></html>`,
  ].join('\n');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
