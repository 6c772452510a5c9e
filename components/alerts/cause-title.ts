'use client';

import { useTranslations } from 'use-intl';
import { useIssueTitle } from '#components/issues/issue-title.ts';

/** The name of a cause that a rule or a silence is about: that of its issue, or of all issues that have this cause. */
export function useCauseTitle(): (code: string) => string {
  const title = useIssueTitle();
  const t = useTranslations('alerts.rules');
  return (code) => (code === 'offline' ? t('offline') : title(code));
}
