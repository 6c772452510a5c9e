'use client';

import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { UnitAtAGlance } from '#components/devices/device-at-a-glance.tsx';
import type { RoomRow } from '#lib/api/rooms/room-answers.ts';
import { Booking } from './booking.tsx';
import { RoomName } from './room-name.tsx';
import { worstFirst } from './worst-first.ts';

/** Rooms with their devices as a table; where there is no room for one, each is a few lines. */
export function RoomList({ rows }: { rows: RoomRow[] }) {
  const t = useTranslations('rooms');
  return (
    <table className="w-full table-fixed border-collapse text-left max-lg:block">
      <caption className="sr-only">{t('title')}</caption>
      <thead className="max-lg:hidden">
        <tr>
          <Header label={t('columns.room')} className="w-[36%]" />
          <Header label={t('columns.devices')} />
          <Header label={t('columns.seats')} className="w-16 text-right" />
          <Header label={t('columns.booking')} className="w-28" />
        </tr>
      </thead>
      <tbody className="max-lg:block max-lg:border-line max-lg:border-t">
        {rows.map((row) => (
          <RoomRowLines key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Header({ label, className = '' }: { label: string; className?: string }) {
  return (
    <th
      scope="col"
      className={`sticky top-0 z-10 h-8 truncate bg-canvas pr-4 font-medium text-quiet text-small shadow-[inset_0_-1px_0_var(--line-strong)] ${className}`}
    >
      {label}
    </th>
  );
}

const RoomRowLines = memo(function RoomRowLines({ row }: { row: RoomRow }) {
  const t = useTranslations('rooms');
  return (
    <tr className="border-line border-b align-top hover:bg-sunken/60 max-lg:flex max-lg:flex-wrap max-lg:gap-x-4 max-lg:py-2">
      <th scope="row" className="py-1 pr-4 font-normal max-lg:w-full max-lg:p-0">
        <RoomName row={row} />
      </th>
      <td className="py-1 pr-4 max-lg:w-full max-lg:p-0 max-lg:pl-5.5">
        <Devices row={row} />
      </td>
      <td className="py-2 pr-4 text-right max-lg:p-0 max-lg:pl-5.5 max-lg:text-quiet max-lg:text-small">
        {row.capacity !== null && (
          <>
            <span className="max-lg:hidden">{row.capacity}</span>
            <span className="lg:hidden">{t('seats', { n: row.capacity })}</span>
          </>
        )}
      </td>
      <td className="py-2 text-quiet max-lg:p-0 max-lg:text-small">
        <Booking right={row.bookingRight} />
      </td>
    </tr>
  );
});

function Devices({ row }: { row: RoomRow }) {
  const t = useTranslations('rooms');
  if (row.devices.length === 0) {
    return (
      <p className="flex min-h-7 items-center text-quiet">
        {row.detailAt === null ? t('devicesUnread') : t('noDevice')}
      </p>
    );
  }
  return (
    <ul>
      {worstFirst(row.devices).map((device, at) => (
        // A device that this reader may not tell from another has no key of its own.
        <li key={device.key || at}>
          <UnitAtAGlance device={device} />
        </li>
      ))}
    </ul>
  );
}
