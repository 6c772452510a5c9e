'use client';

import { useTranslations } from 'use-intl';
import { Part } from '#components/diagnostics/section.tsx';
import type { ServiceAnswer } from '#lib/api/diagnostics/system-answers.ts';
import { BudgetBar } from './budget-bar.tsx';
import { CallsByDay } from './calls-by-day.tsx';
import { Spenders } from './calls-by-person.tsx';
import { useChinaDay, useChinaMonth } from './use-china-day.ts';

/** What the month's calls went on, what is left, and whether it lasts. */
export function BudgetPart({ budget }: { budget: ServiceAnswer['budget'] }) {
  const t = useTranslations('admin.budget');
  const day = useChinaDay();
  const write = useChinaMonth();
  const { month, monthEndsAt, limit, left, endsAt, expected, spent } = budget;
  return (
    <Part title={t('title')} note={t('month', { month: write(month), limit })}>
      <p className="mb-3 font-medium">{forecast()}</p>
      <BudgetBar budget={budget} />
      {budget.byDay.length > 0 && <CallsByDay month={month} byDay={budget.byDay} />}
      <Spenders share={budget.share} spenders={budget.spenders} />
    </Part>
  );

  function forecast(): string {
    const next = day(monthEndsAt);
    const end = day(new Date(Date.parse(monthEndsAt) - 1).toISOString());
    if (left === 0) return t('usedUp', { next });
    if (spent === 0) return t('untouched', { end });
    return endsAt === null ? t('lasts', { end, expected, limit }) : t('ends', { day: day(endsAt), end });
  }
}
