'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { StateIcon, useStatusText } from '#components/history/status-icon.tsx';
import type { Count } from '#lib/api/inventory/fleet-answers.ts';
import { LISTED_STATUSES, type ListedStatus } from '#lib/domain/inventory/fleet.ts';
import { severityRank } from '#lib/domain/issues/worst-first.ts';

// Always in their places, so that the eye finds a number where it was; the others come when there are any.
const ALWAYS: readonly ListedStatus[] = ['offline', 'ringing', 'in-meeting', 'casting', 'whiteboard', 'idle'];
const BY_SEVERITY = LISTED_STATUSES.toSorted((a, b) => severityRank(a) - severityRank(b));

/** How many devices are how, the most troubling first. Gone ones are no part of it. */
export function WallboardCounts({ counts }: { counts: Count[] }) {
  const t = useTranslations('wallboard');
  const word = useStatusText();
  const format = useFormatter();
  const counted = new Map(counts.map(({ value, count }) => [value, count]));
  const states = BY_SEVERITY.filter(
    (state) => state !== 'removed' && (ALWAYS.includes(state) || counted.has(state)),
  );
  return (
    <section aria-label={t('counts')}>
      <ul className="grid auto-cols-fr wall:grid-flow-col wall:grid-cols-none grid-cols-2 gap-x-4 gap-y-2 border-line border-y py-[calc(0.25rem+0.4vw)] sm:grid-cols-3">
        {states.map((state) => (
          <li key={state} className={counted.has(state) ? undefined : 'text-quiet'}>
            <span className="flex items-center gap-[0.3em] font-semibold text-[length:calc(1.4rem+2.4vw)] leading-tight">
              <StateIcon state={state} className="size-[0.7em]" />
              {format.number(counted.get(state) ?? 0)}
            </span>
            <span className="block text-[length:calc(0.85rem+0.7vw)] leading-snug">{word(state)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
