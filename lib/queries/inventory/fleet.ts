import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import type { FleetAnswer } from '#lib/api/inventory/fleet-answers.ts';
import { type FleetQuestion, fleetParams } from '#lib/domain/inventory/fleet-filter.ts';
import { fetchJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';

/** A page with the moment it reached this browser, by the browser's clock; absent for what came with the page. */
export type ReceivedFleet = FleetAnswer & { receivedAt?: number };

/** Rows that are drawn for a letter typed: what a usual window shows and a little more. */
export const FIRST_ROWS = 30;
/** Rows that come with each step further down. */
const NEXT_ROWS = 50;

/** What the desk says by itself when something changes is heard at once; this is for when it could not be heard. */
const FRESH_FOR_MS = 30_000;

/** The fleet as one view of it, a page at a time. What was shown stays while the next view is on its way. */
export function fleetQuery(reader: Reader, question: FleetQuestion) {
  const view = fleetParams(question).toString();
  return infiniteQueryOptions({
    // The past stays as it is, whatever is told.
    queryKey: [question.at === null ? 'fleet' : 'fleet-then', reader.key, view],
    queryFn: async ({ signal, pageParam }): Promise<ReceivedFleet> => {
      const asked = new URLSearchParams(view);
      asked.set('limit', String(pageParam === null ? FIRST_ROWS : NEXT_ROWS));
      if (pageParam !== null) asked.set('cursor', pageParam);
      const answer = (await fetchJson(`/api/v1/devices?${asked}`, signal)) as FleetAnswer;
      return { ...answer, receivedAt: Date.now() };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: question.at === null ? FRESH_FOR_MS : Number.POSITIVE_INFINITY,
  });
}

/** Where every row of a view comes from as one file. */
export function fleetCsvPath(question: FleetQuestion): string {
  const params = fleetParams(question);
  return params.size === 0 ? '/api/v1/devices.csv' : `/api/v1/devices.csv?${params}`;
}
