'use client';

import { useTranslations } from 'use-intl';
import { useStateWord } from '#components/history/status-icon.tsx';
import type { FilterWord } from '#components/ui/list/filter-texts.tsx';
import { type RoomsQuestion, WITHOUT } from '#lib/domain/inventory/fleet-filter.ts';
import { turned, withRooms } from '#lib/queries/rooms/rooms-address.ts';

/** The chosen filters of a view in words; `groupName` is what the chosen group is called. */
export function useChosenWords(question: RoomsQuestion, groupName: string): FilterWord[] {
  const say = useTranslations('rooms');
  const state = useStateWord();
  const { q, group, status, label, condition } = question;
  const found: FilterWord[] = [];
  if (group !== null) {
    const word = group === WITHOUT ? say('inNoGroup') : groupName;
    found.push({ of: say('facets.group'), word, without: withRooms(question, { group: null }) });
  }
  if (q !== '') found.push({ of: say('text'), word: q, without: withRooms(question, { q: '' }) });
  for (const each of status) {
    const without = withRooms(question, { status: turned(status, each) });
    found.push({ of: say('facets.status'), word: state(each), without });
  }
  for (const each of label) {
    const without = withRooms(question, { label: turned(label, each) });
    found.push({ of: say('facets.label'), word: each, without });
  }
  if (condition !== null) {
    const without = withRooms(question, { condition: null });
    found.push({ of: say('facets.condition'), word: say(`condition.${condition}`), without });
  }
  return found;
}
