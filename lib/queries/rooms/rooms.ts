import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { RoomAnswer, RoomGroupsAnswer, RoomsAnswer } from '#lib/api/rooms/room-answers.ts';
import {
  type PastQuestion,
  pastParams,
  type RoomsQuestion,
  roomsParams,
} from '#lib/domain/inventory/fleet-filter.ts';
import { fetchJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';

/** Rows in one page of a list. */
export const ROOMS_PAGE = 50;

/** What the desk says by itself when something changes is heard at once; this is for when it could not be heard. */
const FRESH_FOR_MS = 30_000;

/** The rooms as one view of them, a page at a time. What was shown stays while the next view is on its way. */
export function roomsQuery(reader: Reader, question: RoomsQuestion) {
  const view = roomsParams(question).toString();
  return infiniteQueryOptions({
    // The past stays as it is, whatever is told.
    queryKey: [question.at === null ? 'rooms' : 'rooms-then', reader.key, view],
    queryFn: async ({ signal, pageParam }) => {
      const asked = new URLSearchParams(view);
      asked.set('limit', String(ROOMS_PAGE));
      if (pageParam !== null) asked.set('cursor', pageParam);
      return (await fetchJson(`/api/v1/rooms?${asked}`, signal)) as RoomsAnswer;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: freshFor(question),
  });
}

/** One room with its devices. */
export function roomQuery(reader: Reader, id: string, past: PastQuestion) {
  const params = pastParams(past).toString();
  return queryOptions({
    queryKey: past.at === null ? ['room', reader.key, id] : ['room-then', reader.key, id, params],
    queryFn: async ({ signal }) =>
      (await fetchJson(withParams(`/api/v1/rooms/${encodeURIComponent(id)}`, params), signal)) as RoomAnswer,
    staleTime: freshFor(past),
  });
}

/** The tree of room groups with what hangs below each branch. */
export function roomGroupsQuery(reader: Reader, { at }: Pick<PastQuestion, 'at'>) {
  const params = pastParams({ at, against: null }).toString();
  return queryOptions({
    queryKey: at === null ? ['room-groups', reader.key] : ['room-groups-then', reader.key, params],
    queryFn: async ({ signal }) =>
      (await fetchJson(withParams('/api/v1/room-groups', params), signal)) as RoomGroupsAnswer,
    staleTime: freshFor({ at }),
  });
}

const withParams = (path: string, params: string) => (params === '' ? path : `${path}?${params}`);

const freshFor = ({ at }: Pick<PastQuestion, 'at'>) =>
  at === null ? FRESH_FOR_MS : Number.POSITIVE_INFINITY;
