'use client';

import { TabletSmartphone } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { devicePathOf, Lasted } from '#components/devices/device-at-a-glance.tsx';
import { RowStatus } from '#components/devices/device-status.tsx';
import { StateIcon, useStatusText } from '#components/history/status-icon.tsx';
import { usePathThen } from '#components/ui/as-of.tsx';
import { CutText } from '#components/ui/cut-text.tsx';
import { RowLink } from '#components/ui/list/row-link.tsx';
import type { FleetRow } from '#lib/api/inventory/fleet-answers.ts';
import { listedStatus } from '#lib/domain/inventory/fleet.ts';
import { worstOf } from '#lib/domain/issues/worst-first.ts';

/** Stays in sight while the rest of a wide table moves below it. */
export const PINNED = 'lg:sticky lg:left-0 lg:z-10 lg:bg-surface';

/** Where a device is and what it is called, with the icon of its status and its controllers at a glance. */
export function NameCell({ row, pinned }: { row: FleetRow; pinned: boolean }) {
  return (
    <th
      scope="row"
      className={`h-10 py-0.5 pr-3 text-left font-normal max-lg:h-auto max-lg:min-w-0 max-lg:flex-[1_1_100%] max-lg:p-0 lg:pl-4 ${pinned ? PINNED : ''}`}
    >
      <span className="flex min-w-0 items-center gap-2">
        <StateIcon state={row.status.state} current={row.status.current} />
        <span className="min-w-0 leading-tight">
          <RoomName row={row} />
          <Name row={row} />
        </span>
        {row.controllers.length > 0 && <ControllersAtAGlance controllers={row.controllers} />}
      </span>
    </th>
  );
}

function RoomName({ row: { room } }: { row: FleetRow }) {
  const t = useTranslations('fleet');
  if (room === null) return <span className="block text-quiet">{t('noRoom')}</span>;
  return (
    <CutText text={room.name ?? room.id} className={room.name === null ? 'identifier' : 'font-semibold'} />
  );
}

function Name({ row }: { row: FleetRow }) {
  const t = useTranslations('fleet');
  const device = useTranslations('device');
  const pathThen = usePathThen();
  const path = devicePathOf(row);
  const unread = row.observedAt === null;
  const id = row.deviceId ?? (typeof row.unionId === 'string' ? row.unionId : null);
  const name = row.name ?? (unread ? t('unread') : device('unnamed'));
  const removed = row.removedAt === null ? '' : 'line-through';
  const text = (
    <>
      {row.name === null ? (
        <span className="shrink-0">{name}</span>
      ) : (
        <CutText text={name} className={removed} />
      )}
      {row.name === null && id !== null && (
        <CutText text={id} className={`identifier font-normal ${removed}`} />
      )}
    </>
  );
  if (path === null) return <span className="flex min-w-0 gap-1.5 text-quiet">{text}</span>;
  return (
    <RowLink
      href={pathThen(path)}
      className="flex min-w-0 items-center gap-1.5 text-accent text-small no-underline hover:underline max-lg:py-1"
    >
      {text}
    </RowLink>
  );
}

/** How many panels it has, and the worst state among them. */
function ControllersAtAGlance({ controllers }: { controllers: FleetRow['controllers'] }) {
  const t = useTranslations('fleet');
  const word = useStatusText();
  const worst = worstOf(controllers.map(({ status }) => listedStatus(status)));
  if (worst === null) return null;
  const text = t('controllers', { n: controllers.length, state: word(worst) });
  return (
    <span
      role="img"
      aria-label={text}
      title={text}
      className="ml-auto inline-flex shrink-0 items-center gap-1 text-quiet text-small"
    >
      <TabletSmartphone className="size-3.5" />
      {controllers.length}
      <StateIcon state={worst} className="size-3.5" />
    </span>
  );
}

/** How it is, in a word, and for how long; the icon stands before the name. */
export function StatusCell({ row }: { row: FleetRow }) {
  return (
    <td className="h-10 pr-3 max-lg:h-auto max-lg:min-w-0 max-lg:pr-0">
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-1.5 leading-tight">
        <span className="max-w-full truncate" title={row.status.raw ?? undefined}>
          <RowStatus device={row} />
        </span>
        <Lasted device={row} />
      </span>
    </td>
  );
}
