'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useChinaDay } from '#components/budget/use-china-day.ts';
import type { RobotSending } from '#lib/api/alerts/alert-answers.ts';

/** Says that robot channels send digests or nothing, why, and what an admin can do; nothing while they send as usual. */
export function RobotsNotice({ robots }: { robots: RobotSending }) {
  const t = useTranslations('alerts.robots');
  const day = useChinaDay();
  const { mode, everyMinutes, used, limit, renewedAt } = robots;
  if (mode === 'each') return null;
  return (
    <section
      role="status"
      data-robots={mode}
      className="mb-5 flex gap-3 rounded border border-line-strong bg-surface p-4"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 max-w-[44rem]">
        <h2 className="font-semibold">
          {mode === 'spent' ? t('spentTitle', { day: day(renewedAt) }) : t('digestTitle')}
        </h2>
        <p className="mt-1">
          {mode === 'spent'
            ? t('spent', { used, limit })
            : t('digest', { used, limit, minutes: everyMinutes ?? 0 })}
        </p>
        <p className="mt-2 text-quiet">{t('cure')}</p>
      </div>
    </section>
  );
}
