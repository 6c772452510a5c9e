'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useReader } from '#components/layout/reader-provider.tsx';
import type { RoomsAnswer } from '#lib/api/rooms/room-answers.ts';
import { type RoomsQuestion, roomsParams } from '#lib/domain/inventory/fleet-filter.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { roomsQuery } from '#lib/queries/rooms/rooms.ts';

/** What the server answered when it drew the page, and to which view. */
export type FirstRooms = { view: string; answer: RoomsAnswer };

/** The rooms of a view as far as they were read, and the newest counts. */
export function useRooms(question: RoomsQuestion, first: FirstRooms) {
  const isFirst = roomsParams(question).toString() === first.view;
  const query = useInfiniteQuery({
    ...roomsQuery(useReader(), question),
    ...(isFirst && {
      initialData: { pages: [first.answer], pageParams: [null] },
      initialDataUpdatedAt: () => firstSeenAt(first.answer),
    }),
  });
  const rows = useMemo(() => {
    // A room that moved between two pages came twice; the later one is newer.
    const found = (query.data?.pages ?? []).flatMap(({ items }) => items);
    return [...new Map(found.map((row) => [row.id, row])).values()];
  }, [query.data]);
  return { ...query, rows, answer: query.data?.pages.at(-1) };
}
