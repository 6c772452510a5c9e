'use client';

import { Cable, Wifi, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { NoValue } from '#components/devices/shown-value.tsx';
import { WorstIssue } from '#components/issues/worst-issue.tsx';
import { usePathThen } from '#components/ui/as-of.tsx';
import { CutText } from '#components/ui/cut-text.tsx';
import { RowLink } from '#components/ui/list/row-link.tsx';
import { ShortAge } from '#components/ui/short-age.tsx';
import type { FleetRow } from '#lib/api/inventory/fleet-answers.ts';
import { type Concealed, isConcealed } from '#lib/domain/devices/conceal.ts';
import { lastUpdateOf } from '#lib/domain/devices/last-update.ts';
import { roomPath } from '#lib/domain/rooms/room.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import type { Column } from '#lib/queries/inventory/fleet-address.ts';
import { COLUMN_STYLE } from './fleet-columns.ts';

/** One thing that is known of a device. Where rows are stacked, its header is still there for ears. */
export function DeviceCell({ column, row, group }: Props & { column: Column }) {
  const t = useTranslations();
  const Value = CELLS[column];
  return (
    <td
      data-of={`${t(COLUMN_STYLE[column].word)}: `}
      className="h-10 max-w-full pr-3 last:pr-4 max-lg:flex max-lg:h-auto max-lg:min-w-0 max-lg:items-center max-lg:pr-0 max-lg:last:ml-auto max-lg:before:sr-only max-lg:before:content-[attr(data-of)]"
    >
      <Value row={row} group={group} />
    </td>
  );
}

type Props = {
  row: FleetRow;
  /** The name of its room's group with those above it; null where there is none. */
  group: string | null;
};

const CELLS: Record<Column, (props: Props) => ReactNode> = {
  room: Room,
  group: ({ row, group }) => <Text value={group ?? row.group?.name ?? row.group?.id ?? null} />,
  issue: ({ row }) => <WorstIssue issues={row.issues} />,
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
  return <CutText text={value} className={mono ? 'identifier' : ''} />;
}

/** A dash for eyes, the words for ears: a column of "not said" is read by nobody. */
function Nothing() {
  const t = useTranslations('device');
  return (
    <span role="img" aria-label={t('notSaid')} title={t('notSaid')} className="text-quiet">
      –
    </span>
  );
}

function Room({ row }: Props) {
  const t = useTranslations('fleet');
  const pathThen = usePathThen();
  if (row.room === null) return <span className="block truncate text-quiet">{t('noRoom')}</span>;
  const { id, name } = row.room;
  return (
    <RowLink
      href={pathThen(roomPath(id))}
      title={name ?? id}
      className="block min-w-0 text-text no-underline hover:underline"
    >
      <CutText text={name ?? id} className={name === null ? 'identifier' : ''} />
    </RowLink>
  );
}

const NETWORK = { wired: Cable, wifi: Wifi, offline: WifiOff };

function Network({ row: { network } }: Props) {
  const t = useTranslations('device');
  const { type, ip } = network;
  const Icon = type && NETWORK[type];
  return (
    <span className="flex min-w-0 items-baseline gap-1.5">
      {Icon && (
        <span
          role="img"
          aria-label={t(`network.${type}`)}
          title={t(`network.${type}`)}
          className="shrink-0 self-center"
        >
          <Icon className="size-3.5 text-quiet" />
        </span>
      )}
      {(type === null || ip !== null) && <Text value={ip} mono />}
      {type !== null && ip === null && <span className="truncate text-quiet">{t(`network.${type}`)}</span>}
    </span>
  );
}

function Seen({ row }: Props) {
  const t = useTranslations('fleet');
  const update = lastUpdateOf(row);
  if (update === null) return <span className="block truncate text-quiet">{t('neverSeen')}</span>;
  const age = <ShortAge as="age" at={update.at} ageMs={update.ageMs} receivedAt={firstSeenAt(row)} />;
  if (update.by === 'check') return <span className="text-quiet">{age}</span>;
  return <span className="block truncate text-quiet">{t.rich('event', { age: () => age })}</span>;
}
