'use client';

import { useTranslations } from 'use-intl';
import type { FilterWord } from '#components/ui/list/filter-texts.tsx';
import { FLEET_FACETS, type FleetAnswer } from '#lib/domain/inventory/fleet-answer.ts';
import { WITHOUT } from '#lib/domain/inventory/fleet-filter.ts';
import { type FleetAddress, withQuestion, withValueTurned } from '#lib/queries/inventory/fleet-address.ts';
import { useValueWord } from './value-text.ts';

/** Names of what the address names by id. */
export type ChosenNames = { room: string | null; groups: Record<string, string | null> };

/** The chosen filters of a view in words. The text is none of them: it stands in its box, where it can be cleared. */
export function useChosenWords(
  address: FleetAddress,
  answer: FleetAnswer | undefined,
  names: ChosenNames,
): FilterWord[] {
  const say = useTranslations('fleet');
  const word = useValueWord();
  const { room, notification, facets } = address.question;
  const found: FilterWord[] = [];
  if (notification !== null) {
    found.push({
      of: say('notification'),
      word: say('notificationDevices'),
      without: withQuestion(address, { notification: null }),
    });
  }
  if (room !== null) {
    const name = answer?.items.find((row) => row.room?.id === room)?.room?.name ?? names.room ?? room;
    found.push({
      of: say('room'),
      word: room === WITHOUT ? say('noRoom') : name,
      without: withQuestion(address, { room: null }),
    });
  }
  for (const facet of FLEET_FACETS) {
    for (const value of facets[facet]) {
      const counted = answer?.facets[facet].find((count) => count.value === value)?.label;
      const label = counted ?? (value === null ? null : (names.groups[value] ?? null));
      found.push({
        of: say(`facets.${facet}`),
        word: word(facet, { value, label }),
        without: withValueTurned(address, facet, value),
      });
    }
  }
  return found;
}
