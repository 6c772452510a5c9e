import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { SearchAnswer } from '#lib/api/search/search-answers.ts';
import { sendJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';

const FRESH_FOR_MS = 10_000;

/**
 * What a pasted text may mean, from what is known here. Always by POST, because addresses end up in logs and histories.
 * Asked while the person types, so it never searches by secrets. What was found before stays until the new answer is there.
 */
export function searchQuery(reader: Reader, text: string) {
  return queryOptions({
    queryKey: ['search', reader.key, text],
    queryFn: async ({ signal }) =>
      (await sendJson('POST', '/api/v1/search', { q: text }, signal)) as SearchAnswer,
    staleTime: FRESH_FOR_MS,
    placeholderData: keepPreviousData,
  });
}

/** Searches for the device whose cast code or SIP account `word` is. Not a query: it is counted, and nothing repeats it. */
export async function findBySecret(word: string): Promise<SearchAnswer> {
  return (await sendJson('POST', '/api/v1/search', { q: word, bySecret: true })) as SearchAnswer;
}
