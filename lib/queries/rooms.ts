import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type RoomsQuestion, roomsParams } from '#lib/domain/fleet-question.ts';
import type { RoomAnswer, RoomGroupsAnswer, RoomsAnswer } from '#lib/domain/rooms-answer.ts';
import { fetchJson } from './fetch-json.ts';

/** Rows in one page of a list. */
export const ROOMS_PAGE = 50;

/** What the desk says by itself when something changes is heard at once; this is for when it could not be heard. */
const FRESH_FOR_MS = 30_000;

/** The rooms as one view of them, a page at a time. What was shown stays while the next view is on its way. */
export function roomsQuery(reader: string, question: RoomsQuestion) {
  const view = roomsParams(question).toString();
  return infiniteQueryOptions({
    queryKey: ['rooms', reader, view],
    queryFn: async ({ signal, pageParam }) => {
      const asked = new URLSearchParams(view);
      asked.set('limit', String(ROOMS_PAGE));
      if (pageParam !== null) asked.set('cursor', pageParam);
      return (await fetchJson(`/api/v1/rooms?${asked}`, signal)) as RoomsAnswer;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: FRESH_FOR_MS,
  });
}

/** One room with its devices. */
export function roomQuery(reader: string, id: string) {
  return queryOptions({
    queryKey: ['room', reader, id],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/api/v1/rooms/${encodeURIComponent(id)}`, signal)) as RoomAnswer,
    staleTime: FRESH_FOR_MS,
  });
}

/** The tree of room groups with what hangs below each branch. */
export function roomGroupsQuery(reader: string) {
  return queryOptions({
    queryKey: ['room-groups', reader],
    queryFn: async ({ signal }) => (await fetchJson('/api/v1/room-groups', signal)) as RoomGroupsAnswer,
    staleTime: FRESH_FOR_MS,
  });
}
