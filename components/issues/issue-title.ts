'use client';

import { useTranslations } from 'use-intl';
import { isIssueCode } from '#lib/domain/issues/issue.ts';

/** What an issue is called where there is little room, such as in lists; see useIssueTitle. */
export function useShortIssueTitle(): (code: string) => string {
  const t = useTranslations('issues.catalogue');
  return (code) => (isIssueCode(code) ? t(`${code}.short`) : code);
}

/** What an issue is called; one that a newer server knows and this page does not is called by its code. */
export function useIssueTitle(): (code: string) => string {
  const t = useTranslations('issues.catalogue');
  return (code) => (isIssueCode(code) ? t(`${code}.title`) : code);
}
