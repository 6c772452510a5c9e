import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { SearchAnswer } from '#lib/domain/search-answer.ts';
import { sendJson } from './fetch-json.ts';

const FRESH_FOR_MS = 10_000;

/**
 * What a pasted text may mean, from what is known here. Always by POST: a text may hold a cast code, and addresses end
 * up in logs and histories. What was found before stays until the new answer is there.
 */
export function searchQuery(reader: string, text: string) {
  return queryOptions({
    queryKey: ['search', reader, text],
    queryFn: async ({ signal }) =>
      (await sendJson('POST', '/api/v1/search', { q: text }, signal)) as SearchAnswer,
    staleTime: FRESH_FOR_MS,
    placeholderData: keepPreviousData,
  });
}
