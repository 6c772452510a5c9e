'use client';

import { Bookmark, CircleHelp, DoorOpen, type LucideIcon, Tv } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { StatusBadge } from '#components/devices/status-badge.tsx';
import { SeenAge } from '#components/ui/age.tsx';
import type { FleetRow } from '#lib/api/inventory/fleet-answers.ts';
import type { RoomRow } from '#lib/api/rooms/room-answers.ts';
import type { MatchReason } from '#lib/api/search/search-answers.ts';
import { lastUpdateOf } from '#lib/domain/devices/last-update.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import type { FindOption } from './find-options.ts';
import { Marked } from './marked.tsx';
import { WhyFound } from './match-reason.tsx';

/** One thing that can be opened: what it is and where, its state with its age, its ids and why it was found. */
export function OptionCard({ option }: { option: FindOption }) {
  const t = useTranslations('search');
  const device = useTranslations('device');
  if (option.kind === 'view') {
    return (
      <Card Icon={Bookmark} title={option.view.name} facts={[<ViewPath key="path" path={option.path} />]} />
    );
  }
  if (option.kind === 'ask') {
    const { callsLeft, ref } = option;
    const { by, id } = ref;
    return (
      <Card
        Icon={CircleHelp}
        title={t.rich('ask', { id, name: (text) => <span className="identifier">{text}</span> })}
        facts={[t(`askCost.${by}`), callsLeft !== null && device('callsLeft', { left: callsLeft })]}
      />
    );
  }
  return option.kind === 'device' ? <DeviceCard option={option} /> : <RoomCard option={option} />;
}

function DeviceCard({ option }: { option: FindOption & { kind: 'device' } }) {
  const device = useTranslations('device');
  const { row, why } = option;
  const name = row ? row.name : option.label;
  return (
    <Card
      Icon={Tv}
      title={name === null ? device('unnamed') : <Marked text={name} piece={pieceOf(why, 'name')} />}
      facts={row ? deviceFacts(row, why, device) : [<WhyFound key="why" why={why} row={null} />]}
      state={row && <StatusBadge status={row.status} />}
      age={row && <RowAge row={row} />}
    />
  );
}

function deviceFacts(
  row: FleetRow,
  why: MatchReason | null,
  t: ReturnType<typeof useTranslations<'device'>>,
) {
  const { deviceId, room } = row;
  return [
    room === null ? (
      t('noRoom')
    ) : (
      <Marked key="room" text={room.name ?? t('roomUnnamed', { id: room.id })} piece={pieceOf(why, 'name')} />
    ),
    // What it was found by stands there anyway.
    deviceId !== null && why?.by !== 'device-id' && (
      <span key="id" className="identifier">
        {deviceId}
      </span>
    ),
    why && <WhyFound key="why" why={why} row={row} />,
  ];
}

function RoomCard({ option }: { option: FindOption & { kind: 'room' } }) {
  const t = useTranslations('search');
  const device = useTranslations('device');
  const { row, why, label } = option;
  const id = row?.id ?? '';
  return (
    <Card
      Icon={DoorOpen}
      title={
        <Marked
          text={row?.name ?? label ?? device('roomUnnamed', { id })}
          piece={pieceOf(why, 'room-name')}
        />
      }
      facts={[
        row && row.path.length > 0 ? row.path.join(' / ') : t('room'),
        row && t('roomDevices', { count: row.devices.length }),
        why && <WhyFound key="why" why={why} row={null} />,
      ]}
      state={row?.state && <StatusBadge status={{ state: row.state, raw: null }} />}
      age={row && <RoomAge row={row} />}
    />
  );
}

type CardProps = {
  Icon: LucideIcon;
  title: ReactNode;
  facts: ReactNode[];
  state?: ReactNode;
  age?: ReactNode;
};

function Card({ Icon, title, facts, state, age }: CardProps) {
  const said = facts.filter(Boolean);
  return (
    <span className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 sm:grid-cols-[1rem_minmax(0,1fr)_fit-content(14rem)]">
      <Icon aria-hidden className="mt-0.5 size-4 text-quiet" />
      <span className="device-text line-clamp-2 font-medium">{title}</span>
      {/* One line below the name where it is narrow, a column of their own where it is wide. */}
      {(state || age) && (
        <span className="col-start-2 flex items-center gap-x-3 sm:contents">
          <span className="min-w-0 sm:col-start-3 sm:row-start-1 sm:justify-self-end">{state}</span>
          <span className="text-quiet text-small sm:col-start-3 sm:row-start-2 sm:justify-self-end">
            {age}
          </span>
        </span>
      )}
      <span className="col-start-2 flex min-w-0 flex-wrap gap-x-3 text-quiet text-small sm:row-start-2">
        {said.map((fact, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the facts of a card never change places
          <span key={at} className="device-text line-clamp-2 min-w-0">
            {fact}
          </span>
        ))}
      </span>
    </span>
  );
}

const pieceOf = (why: MatchReason | null, by: MatchReason['by']) => (why?.by === by ? why.text : null);

function ViewPath({ path }: { path: string }) {
  return <span className="identifier">{path.length > 80 ? `${path.slice(0, 80)}…` : path}</span>;
}

/** How old what a row says is: its status may come from an event that is newer than the last check. */
function RowAge({ row }: { row: FleetRow }) {
  const update = lastUpdateOf(row);
  const { at, ageMs } = update ?? { at: null, ageMs: 0 };
  const answer = useMemo(
    () => at !== null && { observedAt: at, ageMs, receivedAt: firstSeenAt(row) },
    [row, at, ageMs],
  );
  return answer && <SeenAge answer={answer} how={update?.by === 'event' ? 'event' : 'seen'} />;
}

/** The newest update of any of its devices. */
function RoomAge({ row }: { row: RoomRow }) {
  const ageOf = (device: FleetRow) => lastUpdateOf(device)?.ageMs ?? Number.POSITIVE_INFINITY;
  const [newest] = row.devices.toSorted((a, b) => ageOf(a) - ageOf(b));
  return newest ? <RowAge row={newest} /> : null;
}
