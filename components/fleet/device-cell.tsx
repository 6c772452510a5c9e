'use client';

import { Cable, Wifi, WifiOff } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { NoValue } from '#components/device/shown-value.tsx';
import { Moment } from '#components/ui/moment.tsx';
import { ShortAge } from '#components/ui/short-age.tsx';
import type { Concealed } from '#lib/domain/conceal.ts';
import { isConcealed } from '#lib/domain/conceal.ts';
import type { FleetRow } from '#lib/domain/fleet-answer.ts';
import { firstSeenAt } from '#lib/queries/first-seen.ts';
import type { Column } from '#lib/queries/fleet-address.ts';
import { COLUMN_LOOK } from './fleet-columns.ts';

/** One thing that is known of a device. Where rows are stacked, its header is still there for ears. */
export function DeviceCell({ column, row }: { column: Column; row: FleetRow }) {
  const say = useTranslations();
  const Value = CELLS[column];
  return (
    <td className="h-8 max-w-full truncate pr-3 max-lg:h-auto max-lg:min-w-0 max-lg:pr-0">
      <span className="sr-only lg:hidden">{say(COLUMN_LOOK[column].word)}: </span>
      <Value row={row} />
    </td>
  );
}

type Props = { row: FleetRow };

const CELLS: Record<Column, (props: Props) => ReactNode> = {
  since: Since,
  room: Room,
  group: ({ row }) => <Text value={row.group && (row.group.name ?? row.group.id)} />,
  model: ({ row }) => <Text value={row.model} />,
  firmware: ({ row }) => <Text value={row.firmware} mono />,
  software: ({ row }) => <Text value={row.software} mono />,
  network: Network,
  deviceId: ({ row }) => <Text value={row.deviceId} mono />,
  unionId: ({ row }) => <Text value={row.unionId} mono />,
  serial: ({ row }) => <Text value={row.serial} mono />,
  mac: ({ row }) => <Text value={row.mac} mono />,
  seen: Seen,
};

/** A value, or that there is none, or that it is not for this reader. */
function Text({ value, mono = false }: { value: string | Concealed | null; mono?: boolean }) {
  if (value === null) return <Nothing />;
  if (isConcealed(value)) return <NoValue concealed />;
  return (
    <span className={mono ? 'identifier' : 'device-text'} title={value}>
      {value}
    </span>
  );
}

/** A dash for eyes, the words for ears: a column of "not said" is read by nobody. */
function Nothing() {
  const say = useTranslations('device');
  return (
    <span className="text-quiet" title={say('notSaid')}>
      <span aria-hidden>–</span>
      <span className="sr-only">{say('notSaid')}</span>
    </span>
  );
}

function Room({ row }: Props) {
  const say = useTranslations('fleet');
  if (row.room === null) return <span className="text-quiet">{say('noRoom')}</span>;
  const { id, name } = row.room;
  return (
    <Link
      href={`/rooms/${encodeURIComponent(id)}` as never}
      prefetch={false}
      title={name ?? id}
      className="device-text text-text no-underline hover:underline"
    >
      {name ?? <span className="identifier">{id}</span>}
    </Link>
  );
}

const NETWORK = { wired: Cable, wifi: Wifi, offline: WifiOff };

function Network({ row: { network } }: Props) {
  const say = useTranslations('device');
  const { type, ip } = network;
  const Icon = type && NETWORK[type];
  return (
    <span className="inline-flex max-w-full items-center gap-1.5">
      {Icon && (
        <span title={say(`network.${type}`)} className="shrink-0">
          <Icon aria-hidden className="size-3.5 text-quiet" />
          <span className="sr-only">{say(`network.${type}`)}</span>
        </span>
      )}
      {(type === null || ip !== null) && (
        <span className="truncate">
          <Text value={ip} mono />
        </span>
      )}
      {type !== null && ip === null && <span className="text-quiet">{say(`network.${type}`)}</span>}
    </span>
  );
}

function Since({ row }: Props) {
  const { goneAt, stateSince } = row;
  if (goneAt !== null) {
    return (
      <span className="text-quiet">
        <Moment iso={goneAt} />
      </span>
    );
  }
  if (!isObserved(row) || stateSince === null) return <Nothing />;
  // Both moments are the server's own, so their distance is true whatever the clock here says.
  const lastedMs = Math.max(0, Date.parse(row.observedAt) - Date.parse(stateSince));
  return (
    <span className="text-quiet">
      <ShortAge as="span" at={stateSince} ageMs={row.ageMs + lastedMs} receivedAt={firstSeenAt(row)} />
    </span>
  );
}

function Seen({ row }: Props) {
  const say = useTranslations('fleet');
  if (!isObserved(row)) return <span className="text-quiet">{say('neverSeen')}</span>;
  return (
    <span className="text-quiet">
      <ShortAge as="age" at={row.observedAt} ageMs={row.ageMs} receivedAt={firstSeenAt(row)} />
    </span>
  );
}

const isObserved = (row: FleetRow): row is FleetRow & { observedAt: string; ageMs: number } =>
  row.observedAt !== null && row.ageMs !== null;
