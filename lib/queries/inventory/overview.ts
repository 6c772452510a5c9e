import { queryOptions } from '@tanstack/react-query';
import type { OverviewAnswer } from '#lib/api/inventory/overview-answers.ts';
import { fetchJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';

/** Which devices need attention, for the start page. */
export function overviewQuery({ key }: Reader) {
  return queryOptions({
    queryKey: ['overview', key],
    queryFn: async ({ signal }) => (await fetchJson('/api/v1/overview', signal)) as OverviewAnswer,
  });
}
