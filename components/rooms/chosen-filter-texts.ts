'use client';

import { useTranslations } from 'use-intl';
import { useStatusText } from '#components/history/status-icon.tsx';
import type { FilterText } from '#components/ui/list/filter-texts.tsx';
import { type RoomsQuestion, WITHOUT } from '#lib/domain/inventory/fleet-filter.ts';
import { turned, withRooms } from '#lib/queries/rooms/rooms-address.ts';

/** The chosen filters of a view in words; `groupName` is what the chosen group is called. */
export function useChosenTexts(question: RoomsQuestion, groupName: string): FilterText[] {
  const t = useTranslations('rooms');
  const state = useStatusText();
  const { q, group, status, label, condition } = question;
  const found: FilterText[] = [];
  if (group !== null) {
    const word = group === WITHOUT ? t('inNoGroup') : groupName;
    found.push({ of: t('facets.group'), word, without: withRooms(question, { group: null }) });
  }
  if (q !== '') found.push({ of: t('text'), word: q, without: withRooms(question, { q: '' }) });
  for (const each of status) {
    const without = withRooms(question, { status: turned(status, each) });
    found.push({ of: t('facets.status'), word: state(each), without });
  }
  for (const each of label) {
    const without = withRooms(question, { label: turned(label, each) });
    found.push({ of: t('facets.label'), word: each, without });
  }
  if (condition !== null) {
    const without = withRooms(question, { condition: null });
    found.push({ of: t('facets.condition'), word: t(`condition.${condition}`), without });
  }
  return found;
}
