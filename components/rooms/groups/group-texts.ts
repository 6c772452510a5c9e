'use client';

import { useTranslations } from 'use-intl';

/** What a group is called; one without a name by its id. */
export function useGroupName(): (group: { id: string; name: string | null }) => string {
  const t = useTranslations('rooms');
  return ({ id, name }) => name ?? t('groupUnnamed', { id });
}
