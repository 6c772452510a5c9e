'use client';

import { useTranslations } from 'use-intl';
import type { FilterText } from '#components/ui/list/filter-texts.tsx';
import type { FleetAnswer } from '#lib/api/inventory/fleet-answers.ts';
import { FLEET_FACETS, WITHOUT } from '#lib/domain/inventory/fleet-filter.ts';
import { type FleetAddress, withQuestion, withValueTurned } from '#lib/queries/inventory/fleet-address.ts';
import { useValueText } from './value-text.ts';

/** Names of what the address names by id. */
export type ChosenNames = { room: string | null; groups: Record<string, string | null> };

/** The chosen filters of a view in words. The text is none of them: it stands in its box, where it can be cleared. */
export function useChosenTexts(
  address: FleetAddress,
  answer: FleetAnswer | undefined,
  names: ChosenNames,
): FilterText[] {
  const t = useTranslations('fleet');
  const word = useValueText();
  const { room, notification, facets } = address.question;
  const found: FilterText[] = [];
  if (notification !== null) {
    found.push({
      of: t('notification'),
      word: t('notificationDevices'),
      without: withQuestion(address, { notification: null }),
    });
  }
  if (room !== null) {
    const name = answer?.items.find((row) => row.room?.id === room)?.room?.name ?? names.room ?? room;
    found.push({
      of: t('room'),
      word: room === WITHOUT ? t('noRoom') : name,
      without: withQuestion(address, { room: null }),
    });
  }
  for (const facet of FLEET_FACETS) {
    for (const value of facets[facet]) {
      const counted = answer?.facets[facet].find((count) => count.value === value)?.label;
      const label = counted ?? (value === null ? null : (names.groups[value] ?? null));
      found.push({
        of: t(`facets.${facet}`),
        word: word(facet, { value, label }),
        without: withValueTurned(address, facet, value),
      });
    }
  }
  return found;
}
