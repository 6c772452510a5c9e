'use client';

import { CircleSlash, DoorClosedLocked, MonitorOff } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { StateIcon, useStatusText } from '#components/history/status-icon.tsx';
import { ViewLink } from '#components/ui/view-link.tsx';
import type { RoomsAnswer } from '#lib/api/rooms/room-answers.ts';
import { LISTED_STATUSES } from '#lib/domain/inventory/fleet.ts';
import {
  EVERY_DEVICE,
  fleetParams,
  ROOM_CONDITIONS,
  type RoomCondition,
  type RoomsQuestion,
  WITHOUT,
} from '#lib/domain/inventory/fleet-filter.ts';
import { severityRank } from '#lib/domain/issues/worst-first.ts';
import { turned, withRooms } from '#lib/queries/rooms/rooms-address.ts';

type Props = { question: RoomsQuestion; answer: RoomsAnswer };

const BY_SEVERITY = LISTED_STATUSES.toSorted((a, b) => severityRank(a) - severityRank(b));

/** How many rooms have a device in each state, the most troubling first: the counts are the filters. */
export function StateFilters({ question, answer }: Props) {
  const t = useTranslations('rooms');
  const word = useStatusText();
  const counted = new Map(answer.facets.status.map(({ value, count }) => [value, count]));
  const shown = BY_SEVERITY.filter((state) => counted.has(state) || question.status.includes(state));
  return (
    <nav aria-label={t('byState')}>
      <ul className="-mx-2 flex min-h-8 flex-wrap">
        {shown.map((state) => (
          <CountLink
            key={state}
            to={withRooms(question, { status: turned(question.status, state) })}
            chosen={question.status.includes(state)}
            count={counted.get(state) ?? 0}
            icon={<StateIcon state={state} />}
            word={word(state)}
          />
        ))}
      </ul>
    </nav>
  );
}

const CONDITION_ICON = { 'without-device': MonitorOff, removed: CircleSlash } satisfies Record<
  RoomCondition,
  unknown
>;

/** How many rooms lack something, and the way to the devices that lack a room. */
export function ConditionFilters({ question, answer }: Props) {
  const t = useTranslations('rooms');
  const counted = new Map(answer.facets.condition.map(({ value, count }) => [value, count]));
  const shown = ROOM_CONDITIONS.filter((each) => counted.has(each) || question.condition === each);
  if (shown.length === 0 && answer.devicesWithoutRoom === 0) return null;
  return (
    <nav aria-label={t('byCondition')}>
      <ul className="-mx-2 flex min-h-8 flex-wrap">
        {shown.map((condition) => {
          const chosen = question.condition === condition;
          const Icon = CONDITION_ICON[condition];
          return (
            <CountLink
              key={condition}
              to={withRooms(question, { condition: chosen ? null : condition })}
              chosen={chosen}
              count={counted.get(condition) ?? 0}
              icon={<Icon aria-hidden className="size-4 shrink-0 text-quiet" />}
              word={t(`condition.${condition}`)}
            />
          );
        })}
        {answer.devicesWithoutRoom > 0 && (
          <li>
            <Link
              href={`/devices?${fleetParams({ ...EVERY_DEVICE, room: WITHOUT })}`}
              prefetch={false}
              className="inline-flex min-h-8 items-center gap-1.5 rounded px-2 text-accent underline underline-offset-2"
            >
              <DoorClosedLocked aria-hidden className="size-4 shrink-0 text-quiet" />
              {t('devicesWithoutRoom', { n: answer.devicesWithoutRoom })}
            </Link>
          </li>
        )}
      </ul>
    </nav>
  );
}

type CountProps = { to: URLSearchParams; chosen: boolean; count: number; icon: ReactNode; word: string };

function CountLink({ to, chosen, count, icon, word }: CountProps) {
  const format = useFormatter();
  return (
    <li>
      <ViewLink
        to={to}
        aria-current={chosen ? 'true' : undefined}
        className="inline-flex min-h-8 items-center gap-1.5 rounded px-2 text-text no-underline hover:bg-sunken aria-[current]:bg-sunken aria-[current]:underline aria-[current]:underline-offset-4"
      >
        {icon}
        <span className="font-semibold">{format.number(count)}</span>
        <span>{word}</span>
      </ViewLink>
    </li>
  );
}
