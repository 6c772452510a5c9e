'use client';

import { MonitorOff } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { StatusBadge } from '#components/devices/status-badge.tsx';
import { LabelsLink } from '#components/inventory/labels-link.tsx';
import { PinButton } from '#components/search/pin-button.tsx';
import { useAsOf, usePathThen } from '#components/ui/as-of.tsx';
import { CopyLinkButton } from '#components/ui/copy-link-button.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import type { RoomAnswer } from '#lib/api/rooms/room-answers.ts';
import { EVERY_DEVICE, EVERY_ROOM, roomsParams } from '#lib/domain/inventory/fleet-filter.ts';
import { roomPath } from '#lib/domain/rooms/room.ts';
import { useGroupName } from './groups/group-texts.ts';
import { worstFirst } from './worst-first.ts';

type Room = RoomAnswer['room'];
type Props = { room: Room; appUrl: string };

/** Where the room is, what it is called, the worst of its states, its id, and what can be done. */
export function RoomHeader({ room, appUrl }: Props) {
  const t = useTranslations('rooms');
  const pathThen = usePathThen();
  const isNow = useAsOf().at === null;
  const removed = room.removedAt === null ? '' : 'line-through';
  return (
    <header>
      <Crumbs path={room.groupPath} />
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className={`device-text min-w-0 font-semibold text-title ${removed}`}>
          {room.name ?? t('unnamed')}
        </h1>
        <WorstState room={room} />
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-x-6 gap-y-2">
        <Copyable label what={t('one.roomId')} text={room.id} />
        <div className="flex flex-wrap gap-2 md:ml-auto">
          {isNow && room.devices.length > 0 && <LabelsLink question={{ ...EVERY_DEVICE, room: room.id }} />}
          <PinButton pin={{ kind: 'room', key: room.id }} />
          <CopyLinkButton link={() => appUrl + pathThen(roomPath(room.id))} />
        </div>
      </div>
    </header>
  );
}

/** The way down to the room, each step leading to all rooms below it. */
function Crumbs({ path }: { path: Room['groupPath'] }) {
  const t = useTranslations('rooms');
  const nameOf = useGroupName();
  const pathThen = usePathThen();
  const asOf = useAsOf();
  const steps = [
    { key: '', href: pathThen('/rooms'), name: t('all') },
    ...path.map((group) => ({
      key: group.id,
      href: `/rooms?${roomsParams({ ...EVERY_ROOM, group: group.id, ...asOf })}`,
      name: nameOf(group),
    })),
  ];
  return (
    <nav aria-label={t('one.where')}>
      <ol className="text-quiet">
        {steps.map(({ key, href, name }, at) => (
          <li key={key} className="inline">
            <Link
              href={href}
              prefetch={false}
              className="device-text text-quiet underline-offset-2 hover:text-text hover:underline"
            >
              {name}
            </Link>
            {at < steps.length - 1 && <span aria-hidden>{' / '}</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function WorstState({ room }: { room: Room }) {
  const t = useTranslations('rooms');
  if (room.removedAt !== null) return <StatusBadge status={{ state: 'removed', raw: null }} size="title" />;
  if (room.state !== null) {
    const [worst] = worstFirst(room.devices);
    const many = room.devices.length > 1;
    return (
      <>
        <StatusBadge status={worst?.status ?? { state: room.state, raw: null }} size="title" />
        {many && <span className="text-quiet">{t('one.worstOf', { n: room.devices.length })}</span>}
      </>
    );
  }
  return (
    <span className="inline-flex items-center gap-2 rounded border border-line-strong border-dashed px-2.5 py-1 font-semibold text-large text-quiet">
      <MonitorOff aria-hidden className="size-5 shrink-0" />
      {t(room.detailAt === null ? 'devicesUnread' : 'noDevice')}
    </span>
  );
}
