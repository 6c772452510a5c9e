'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { StateCounts, statesPresent } from '#components/history/status-counts.tsx';
import { useStatusText } from '#components/history/status-icon.tsx';
import { ViewLink } from '#components/ui/view-link.tsx';
import type { RoomGroupsAnswer } from '#lib/api/rooms/room-answers.ts';
import type { ListedStatus } from '#lib/domain/inventory/fleet.ts';
import type { RoomsQuestion } from '#lib/domain/inventory/fleet-filter.ts';
import { withRooms } from '#lib/queries/rooms/rooms-address.ts';

type Props = {
  question: RoomsQuestion;
  /** The group's id; null for every room. */
  group: string | null;
  name: string;
  sum: RoomGroupsAnswer['all'];
  /** The group it hangs below, where that is not to be seen. */
  within?: string | null;
};

/** What somebody should look at; the rest is well, and is said on hover. */
const TROUBLE: ListedStatus[] = ['offline', 'unknown', 'not-observed'];

/** A group as a link to its rooms: how many there are, and what is wrong below it. */
export function GroupLink({ question, group, name, sum, within }: Props) {
  const t = useTranslations('rooms');
  const format = useFormatter();
  const word = useStatusText();
  const holds = t('holds', { rooms: sum.rooms, devices: sum.devices });
  const states = statesPresent(sum.states).map((state) => `${word(state)} ${sum.states[state]}`);
  return (
    <ViewLink
      to={withRooms(question, { group })}
      aria-current={question.group === group ? 'true' : undefined}
      title={[`${name}: ${holds}`, ...states].join('\n')}
      className="flex min-h-8 min-w-0 flex-1 items-center rounded-sm px-1.5 text-text no-underline hover:bg-sunken aria-[current]:bg-sunken aria-[current]:font-semibold"
    >
      <span className="flex min-w-0 flex-1 items-center gap-2">
        <span className="min-w-0 flex-1">
          {within && (
            <span className="device-text line-clamp-1 break-all text-quiet text-small">{within}</span>
          )}
          <span className="device-text line-clamp-1 break-all">{name}</span>
        </span>
        <span className="flex shrink-0 font-normal">
          <StateCounts states={sum.states} only={TROUBLE} />
        </span>
        <span className="shrink-0 font-normal text-quiet text-small">
          {format.number(sum.rooms)}
          <span className="sr-only">{` ${t('title')}`}</span>
        </span>
      </span>
    </ViewLink>
  );
}
