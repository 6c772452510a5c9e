import { queryOptions } from '@tanstack/react-query';
import type { OverviewAnswer } from '#lib/api/inventory/overview-answers.ts';
import { fetchJson } from '#lib/queries/fetch-json.ts';

/** Which devices need attention, for the start page. */
export function overviewQuery(reader: string) {
  return queryOptions({
    queryKey: ['overview', reader],
    queryFn: async ({ signal }) => (await fetchJson('/api/v1/overview', signal)) as OverviewAnswer,
  });
}
