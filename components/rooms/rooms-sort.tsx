'use client';

import { useTranslations } from 'use-intl';
import { useView } from '#components/ui/use-view.ts';
import type { RoomSort, RoomsQuestion } from '#lib/domain/inventory/fleet-filter.ts';
import { withRooms } from '#lib/queries/rooms/rooms-address.ts';

const OFFERED: RoomSort[] = ['name', 'status', '-capacity', '-devices', 'seen'];

/** The order of the list. */
export function RoomsSort({ question }: { question: RoomsQuestion }) {
  const t = useTranslations('rooms');
  const view = useView();
  const { sort } = question;
  const offered = OFFERED.includes(sort) ? OFFERED : [...OFFERED, sort];
  return (
    <label className="flex items-center gap-2">
      <span className="text-quiet">{t('sortBy')}</span>
      <select
        value={sort}
        onChange={(event) => view.push(withRooms(question, { sort: event.target.value as RoomSort }))}
        className="h-8 rounded border border-line-strong bg-surface px-2 text-input md:text-base"
      >
        {offered.map((each) => (
          <option key={each} value={each}>
            {t(`sort.${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
