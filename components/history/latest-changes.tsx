'use client';

import { FromTo } from '#components/devices/changed-value.tsx';
import { useFieldName } from '#components/devices/use-field-text.ts';
import type { HistoryAnswer } from '#lib/api/history/history-answers.ts';
import { IN_CHART } from './history-changes.tsx';
import { useHistoryTexts } from './use-history-texts.ts';

const MOST_SHOWN = 3;

/** The newest changes of fields in one line; the list of all of them is below. Absent without any. */
export function LatestChanges({ history: { changes } }: { history: HistoryAnswer }) {
  const { t, time } = useHistoryTexts();
  const name = useFieldName();
  const latest = changes.filter(({ field }) => !IN_CHART.has(field)).slice(0, MOST_SHOWN);
  if (latest.length === 0) return null;
  return (
    <ul aria-label={t('changes.latest')} className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-small">
      {latest.map(({ at, field, from, to }, index) => (
        // Two changes may look alike to a reader who may not see whose they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole with each answer
        <li key={index} className="inline-flex min-w-0 flex-wrap items-baseline gap-x-1.5">
          <time dateTime={at} className="text-quiet">
            {time(at)}
          </time>
          <span className="device-text font-medium">{name(field)}</span>
          <FromTo field={field} from={from} to={to} />
        </li>
      ))}
    </ul>
  );
}
