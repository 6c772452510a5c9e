import { useFormatter } from 'use-intl';
import type { StateCounts as Counts } from '#lib/api/rooms/room-answers.ts';
import { LISTED_STATUSES, type ListedStatus } from '#lib/domain/inventory/fleet.ts';
import { severityRank } from '#lib/domain/issues/worst-first.ts';
import { StateIcon, useStatusText } from './status-icon.tsx';

const BY_SEVERITY = LISTED_STATUSES.toSorted((a, b) => severityRank(a) - severityRank(b));

type Props = {
  states: Counts;
  /** The states that are shown, where these are not all. */
  only?: ListedStatus[];
};

/** How many devices are in each state, the most troubling first; states without any take no room. */
export function StateCounts({ states, only = BY_SEVERITY }: Props) {
  const word = useStatusText();
  const format = useFormatter();
  const present = statesPresent(states, only);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5 text-small">
      {present.map((state) => (
        <span key={state} title={word(state)} className="inline-flex items-center gap-0.5">
          <StateIcon state={state} className="size-3.5" />
          {format.number(states[state] ?? 0)}
          <span className="sr-only">{` ${word(state)}`}</span>
        </span>
      ))}
    </span>
  );
}

/** The states that some device is in, the most troubling first. */
export function statesPresent(states: Counts, among: readonly ListedStatus[] = BY_SEVERITY): ListedStatus[] {
  return among.filter((state) => states[state]);
}
