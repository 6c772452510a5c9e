'use client';

import { CircleSlash, MapPin, MonitorOff, Tag } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { StateIcon, useStateWord } from '#components/device/state-icon.tsx';
import { Moment } from '#components/ui/moment.tsx';
import { roomPath } from '#lib/domain/room.ts';
import type { RoomRow } from '#lib/domain/rooms-answer.ts';

/** A room's name behind the worst state in it, with where it is and what it is called for. */
export function RoomName({ row }: { row: RoomRow }) {
  const say = useTranslations('rooms');
  const name = row.name ?? say('unnamed');
  const { goneAt } = row;
  return (
    <>
      <span className="flex min-h-7 min-w-0 items-center gap-1.5">
        <RoomIcon row={row} />
        <Link
          href={roomPath(row.id)}
          prefetch={false}
          title={name}
          className={`device-text line-clamp-2 min-w-0 font-medium text-accent no-underline hover:underline ${goneAt ? 'line-through' : ''}`}
        >
          {name}
        </Link>
      </span>
      <span className="block space-y-0.5 pl-5.5 text-quiet text-small">
        {goneAt !== null && (
          <span className="block">{say.rich('goneSince', { moment: () => <Moment iso={goneAt} /> })}</span>
        )}
        {row.path.length > 0 && <Path names={row.path} />}
        <Place row={row} />
      </span>
    </>
  );
}

/** The worst state in the room, or why there is none. */
function RoomIcon({ row: { state, goneAt, detailAt } }: { row: RoomRow }) {
  const say = useTranslations('rooms');
  const word = useStateWord();
  const quiet = 'size-4 shrink-0 text-quiet';
  if (goneAt !== null) return <CircleSlash aria-hidden className={quiet} />;
  if (state !== null) {
    return (
      <span title={word(state)} className="shrink-0">
        <StateIcon state={state} />
        <span className="sr-only">{word(state)}</span>
      </span>
    );
  }
  const why = say(detailAt === null ? 'devicesUnread' : 'noDevice');
  return (
    <span title={why} className="shrink-0">
      <MonitorOff aria-hidden className={quiet} />
      <span className="sr-only">{why}</span>
    </span>
  );
}

/** The way down the tree; its end says most, so it is the beginning that gives way. */
function Path({ names }: { names: string[] }) {
  const say = useTranslations('rooms');
  const whole = names.join(' / ');
  return (
    <span title={whole} className="device-text line-clamp-2">
      <span className="sr-only">{say('path')}: </span>
      {whole}
    </span>
  );
}

function Place({ row: { location, labels } }: { row: RoomRow }) {
  const say = useTranslations('rooms.one');
  const place = [location?.title, location?.description].filter(Boolean).join(' · ');
  const named = labels.flatMap(({ name }) => (name === null ? [] : [name]));
  if (place === '' && named.length === 0) return null;
  return (
    <span className="flex flex-wrap gap-x-3">
      {place !== '' && (
        <span className="inline-flex min-w-0 max-w-full items-center gap-1" title={place}>
          <MapPin aria-hidden className="size-3.5 shrink-0" />
          <span className="sr-only">{say('location')}: </span>
          <span className="device-text line-clamp-1 break-all">{place}</span>
        </span>
      )}
      {named.length > 0 && (
        <span className="inline-flex min-w-0 max-w-full items-center gap-1" title={named.join(', ')}>
          <Tag aria-hidden className="size-3.5 shrink-0" />
          <span className="sr-only">{say('labels')}: </span>
          <span className="device-text line-clamp-1 break-all">{named.join(', ')}</span>
        </span>
      )}
    </span>
  );
}
