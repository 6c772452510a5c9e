'use client';

import { memo } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { STATUS_STYLE, StateIcon, useStatusText } from '#components/history/status-icon.tsx';
import { ViewLink } from '#components/ui/view-link.tsx';
import type { Count } from '#lib/api/inventory/fleet-answers.ts';
import { LISTED_STATUSES, type ListedStatus } from '#lib/domain/inventory/fleet.ts';
import { severityRank } from '#lib/domain/issues/worst-first.ts';
import { type FleetAddress, withValueTurned } from '#lib/queries/inventory/fleet-address.ts';

type Props = { address: FleetAddress; counts: Count[] };

// Always in their places, so that nothing jumps while somebody types; the others come when there are any.
const ALWAYS: readonly ListedStatus[] = ['offline', 'ringing', 'in-meeting', 'casting', 'whiteboard', 'idle'];
const BY_SEVERITY = LISTED_STATUSES.toSorted((a, b) => severityRank(a) - severityRank(b));

/** How many are in each state, the most troubling first: the counts are the filters, and the bar is their picture. */
export const StatusCounts = memo(function StatusCounts({ address, counts }: Props) {
  const t = useTranslations('fleet');
  const word = useStatusText();
  const format = useFormatter();
  const chosen = address.question.facets.status;
  const counted = new Map(counts.map(({ value, count }) => [value, count]));
  const states = BY_SEVERITY.filter(
    (state) => ALWAYS.includes(state) || counted.has(state) || chosen.includes(state),
  );
  return (
    <nav aria-label={t('facets.status')}>
      <ul className="-mx-2 flex min-h-8 flex-wrap">
        {states.map((state) => (
          <li key={state}>
            <ViewLink
              to={withValueTurned(address, 'status', state)}
              aria-current={chosen.includes(state) ? 'true' : undefined}
              className={`inline-flex min-h-8 items-center gap-1.5 rounded px-2 no-underline hover:bg-sunken hover:text-text aria-[current]:bg-sunken aria-[current]:underline aria-[current]:underline-offset-4 ${counted.has(state) ? 'text-text' : 'text-quiet'}`}
            >
              <StateIcon state={state} />
              <span className="font-semibold">{format.number(counted.get(state) ?? 0)}</span>
              <span className={state === 'removed' ? 'line-through' : undefined}>{word(state)}</span>
            </ViewLink>
          </li>
        ))}
      </ul>
      <StatusBar counted={counted} />
    </nav>
  );
});

/** The states as shares of one line. Gone devices are no part of the fleet. */
function StatusBar({ counted }: { counted: Map<string | null, number> }) {
  const t = useTranslations('fleet');
  const list = useTranslations('list');
  const word = useStatusText();
  const present = BY_SEVERITY.filter((state) => state !== 'removed' && counted.has(state));
  const total = present.reduce((sum, state) => sum + (counted.get(state) ?? 0), 0);
  let left = 0;
  const parts = present.map((state) => {
    const width = ((counted.get(state) ?? 0) / total) * 100;
    left += width;
    return { state, width, left: left - width };
  });
  const described = present.map((state) => `${word(state)} ${counted.get(state)}`).join(list('between'));
  return (
    <svg
      role="img"
      aria-label={`${t('statusPicture')}: ${described}`}
      className="mt-1 h-1.5 w-full bg-sunken"
    >
      <defs>
        <pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="1.5" height="4" className="fill-unknown" />
        </pattern>
      </defs>
      {parts.map(({ state, width, left }) => (
        <StatusPart key={state} state={state} width={width} left={left} count={counted.get(state) ?? 0} />
      ))}
    </svg>
  );
}

type PartProps = { state: ListedStatus; width: number; left: number; count: number };

function StatusPart({ state, width, left, count }: PartProps) {
  const word = useStatusText();
  const format = useFormatter();
  // A gap of the ground's own colour keeps neighbours apart for those who do not tell their colours.
  return (
    <rect
      x={`${left}%`}
      width={`${width}%`}
      height="100%"
      className={`${STATUS_STYLE[state].colour} stroke-canvas`}
      fill={state === 'not-observed' ? 'url(#hatch)' : 'currentColor'}
      strokeWidth={1}
    >
      <title>{`${word(state)}: ${format.number(count)}`}</title>
    </rect>
  );
}
