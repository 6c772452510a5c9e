'use client';

import { useTranslations } from 'use-intl';
import { type IssueCode, isIssueCode, severityOf } from '#lib/domain/issues/issue.ts';
import { useIssueTitle, useShortIssueTitle } from './issue-title.ts';
import { SeverityIcon } from './severity-icon.tsx';

/** The worst of what is wrong in a line, and how much else there is; nothing where nothing is. */
export function WorstIssue({ issues }: { issues: readonly IssueCode[] }) {
  const t = useTranslations('list');
  const how = useTranslations('issues.severity');
  const [title, short] = [useIssueTitle(), useShortIssueTitle()];
  const [worst, ...others] = [...new Set(issues.filter(isIssueCode))];
  if (!worst) return null;
  const rest = others.map(title);
  const severity = severityOf(worst);
  return (
    <span className="flex min-w-0 items-center gap-1" title={[title(worst), ...rest].join('\n')}>
      <SeverityIcon severity={severity} word={how(severity)} className="size-3.5 shrink-0" />
      <span className="truncate">{short(worst)}</span>
      {rest.length > 0 && (
        <span className="shrink-0 text-quiet text-small" role="img" aria-label={rest.join(t('between'))}>
          {t('andMore', { n: rest.length })}
        </span>
      )}
    </span>
  );
}
