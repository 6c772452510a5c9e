import { createTranslator } from 'use-intl/core';
import type { ErrorReason } from '#lib/domain/errors.ts';
import { messagesFor } from './messages.ts';

const english = createTranslator({ locale: 'en', messages: messagesFor('en') });

/** Names of values that a text may use and that the error may lack. */
const MISSING = { scopes: 'VideoConference.Conference.Read' };

/** The English words of an error, for the API: what happened, what is still true, whose move it is. */
export function problemTexts(reason: ErrorReason, values: Record<string, string>) {
  const t = (part: 'title' | 'detail' | 'hint') =>
    english(`problems.${reason}.${part}`, { ...MISSING, ...values });
  return { title: t('title'), detail: t('detail'), hint: t('hint') };
}
