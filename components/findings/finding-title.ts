'use client';

import { useTranslations } from 'use-intl';
import { isFindingCode } from '#lib/domain/findings/finding.ts';

/** What a finding is called where there is little room, such as in lists; see useFindingTitle. */
export function useShortFinding(): (code: string) => string {
  const t = useTranslations('issues.catalogue');
  return (code) => (isFindingCode(code) ? t(`${code}.short`) : code);
}

/** What a finding is called; one that a newer server knows and this page does not is called by its code. */
export function useFindingTitle(): (code: string) => string {
  const t = useTranslations('issues.catalogue');
  return (code) => (isFindingCode(code) ? t(`${code}.title`) : code);
}
