'use client';

import { useTranslations } from 'use-intl';
import type { FilterText } from '#components/ui/list/filter-texts.tsx';
import { useMomentText } from '#components/ui/moment.tsx';
import { type AuditFilter, auditParams } from '#lib/domain/audit/audit-filter.ts';

/** What the log is narrowed to, in words. The text is not among them: it stands in its box. */
export function useFilterTexts(filter: AuditFilter): FilterText[] {
  const t = useTranslations('audit');
  const moment = useMomentText();
  const { subject, action, outcome, targetId, from, to } = filter;
  const without = (change: Partial<AuditFilter>) => auditParams({ ...filter, ...change });
  const at = (ms: number) => moment(new Date(ms).toISOString());
  const words: (FilterText | null)[] = [
    subject === null ? null : { of: t('who'), word: subject, without: without({ subject: null }) },
    action === null
      ? null
      : { of: t('what'), word: t(`actions.${action}`), without: without({ action: null }) },
    outcome === null
      ? null
      : { of: t('outcome'), word: t(`outcomes.${outcome}`), without: without({ outcome: null }) },
    targetId === null ? null : { of: t('target'), word: targetId, without: without({ targetId: null }) },
    from === null ? null : { of: t('from'), word: at(from), without: without({ from: null }) },
    to === null ? null : { of: t('to'), word: at(to), without: without({ to: null }) },
  ];
  return words.filter((word) => word !== null);
}
