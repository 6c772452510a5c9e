'use client';

import { type QueryKey, type UseQueryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { firstSeenAt } from './inventory/first-seen.ts';

/** What came with the page is not asked for again at once. */
const FRESH_FOR_MS = 5_000;

/**
 * A question whose answer came with the page. It takes the place of an older one that another page left, and going
 * back to the page does not bring its old answer back.
 */
export function useFromPage<T extends object, K extends QueryKey>(
  options: UseQueryOptions<T, Error, T, K>,
  known: T,
) {
  const client = useQueryClient();
  const { queryKey } = options;
  useEffect(() => {
    const kept = client.getQueryState(queryKey);
    const seen = firstSeenAt(known);
    if (kept && kept.dataUpdatedAt < seen) client.setQueryData(queryKey, known as never, { updatedAt: seen });
  }, [client, queryKey, known]);
  const { data = known, ...rest } = useQuery({
    ...options,
    initialData: known as never,
    initialDataUpdatedAt: () => firstSeenAt(known),
    staleTime: FRESH_FOR_MS,
  });
  return { data, ...rest };
}
