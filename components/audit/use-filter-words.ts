'use client';

import { useTranslations } from 'use-intl';
import type { FilterWord } from '#components/ui/list/filter-texts.tsx';
import { useMomentText } from '#components/ui/moment.tsx';
import { type AuditFilter, auditParams } from '#lib/domain/audit/audit-filter.ts';

/** What the log is narrowed to, in words. The text is not among them: it stands in its box. */
export function useFilterWords(filter: AuditFilter): FilterWord[] {
  const say = useTranslations('audit');
  const moment = useMomentText();
  const { subject, action, outcome, targetId, from, to } = filter;
  const without = (change: Partial<AuditFilter>) => auditParams({ ...filter, ...change });
  const at = (ms: number) => moment(new Date(ms).toISOString());
  const words: (FilterWord | null)[] = [
    subject === null ? null : { of: say('who'), word: subject, without: without({ subject: null }) },
    action === null
      ? null
      : { of: say('what'), word: say(`actions.${action}`), without: without({ action: null }) },
    outcome === null
      ? null
      : { of: say('outcome'), word: say(`outcomes.${outcome}`), without: without({ outcome: null }) },
    targetId === null ? null : { of: say('target'), word: targetId, without: without({ targetId: null }) },
    from === null ? null : { of: say('from'), word: at(from), without: without({ from: null }) },
    to === null ? null : { of: say('to'), word: at(to), without: without({ to: null }) },
  ];
  return words.filter((word) => word !== null);
}
