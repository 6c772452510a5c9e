'use client';

import { CircleSlash, type LucideIcon, MapPin, MonitorOff, Tag } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { StateIcon, useStatusText } from '#components/history/status-icon.tsx';
import { usePathThen } from '#components/ui/as-of.tsx';
import { Moment } from '#components/ui/moment.tsx';
import type { RoomRow } from '#lib/api/rooms/room-answers.ts';
import { roomPath } from '#lib/domain/rooms/room.ts';

/** A room's name behind the worst state in it, with where it is and what it is called for. */
export function RoomName({ row }: { row: RoomRow }) {
  const t = useTranslations('rooms');
  const name = row.name ?? t('unnamed');
  const pathThen = usePathThen();
  const { removedAt } = row;
  return (
    <>
      <span className="flex min-h-7 min-w-0 items-center gap-1.5">
        <RoomIcon row={row} />
        <Link
          href={pathThen(roomPath(row.id))}
          prefetch={false}
          title={name}
          className={`device-text line-clamp-2 min-w-0 font-medium text-accent no-underline hover:underline ${removedAt ? 'line-through' : ''}`}
        >
          {name}
        </Link>
      </span>
      {removedAt !== null && (
        <span className="block pl-5.5 text-quiet text-small">
          {t.rich('goneSince', { moment: () => <Moment iso={removedAt} /> })}
        </span>
      )}
      <Where row={row} />
    </>
  );
}

/** The worst state in the room, or why there is none. */
function RoomIcon({ row: { state, removedAt, detailAt } }: { row: RoomRow }) {
  const t = useTranslations('rooms');
  const word = useStatusText();
  const quiet = 'size-4 shrink-0 text-quiet';
  if (removedAt !== null) return <CircleSlash aria-hidden className={quiet} />;
  if (state !== null) {
    return (
      <span title={word(state)} className="shrink-0">
        <StateIcon state={state} />
        <span className="sr-only">{word(state)}</span>
      </span>
    );
  }
  const why = t(detailAt === null ? 'devicesUnread' : 'noDevice');
  return (
    <span title={why} className="shrink-0">
      <MonitorOff aria-hidden className={quiet} />
      <span className="sr-only">{why}</span>
    </span>
  );
}

/** The way down the tree, the place where that does not say it, and the labels. */
function Where({ row: { path, location, labels } }: { row: RoomRow }) {
  const t = useTranslations('rooms');
  const list = useTranslations('list');
  // What DingTalk calls the place is as a rule the end of the way down, said again.
  const place = [location?.title, location?.description].filter((part) => part && !path.includes(part));
  const named = labels.flatMap(({ name }) => (name === null ? [] : [name]));
  return (
    <span className="flex flex-wrap gap-x-3 pl-5.5 text-quiet text-small">
      {path.length > 0 && (
        <Part what={t('path')} text={path.join(' / ')} shown={shortened(path).join(' / ')} />
      )}
      {place.length > 0 && <Part Icon={MapPin} what={t('one.location')} text={place.join(' · ')} />}
      {named.length > 0 && <Part Icon={Tag} what={t('facets.label')} text={named.join(list('between'))} />}
    </span>
  );
}

/** The top and the end of a long way down: what tells rooms apart. */
const shortened = (path: string[]) =>
  path.length <= 4 ? path : [...path.slice(0, 1), '…', ...path.slice(-2)];

type PartProps = {
  Icon?: LucideIcon;
  what: string;
  text: string;
  /** What fits of the text, where it is not all. */
  shown?: string;
};

function Part({ Icon, what, text, shown = text }: PartProps) {
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-1" title={text}>
      {Icon && <Icon aria-hidden className="size-3.5 shrink-0" />}
      <span className="sr-only">{what}: </span>
      <span className={`device-text ${Icon ? 'line-clamp-1 break-all' : 'line-clamp-2'}`}>{shown}</span>
    </span>
  );
}
