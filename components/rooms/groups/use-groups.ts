'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useReader } from '#components/layout/reader-provider.tsx';
import type { RoomGroupRow, RoomGroupsAnswer } from '#lib/api/rooms/room-answers.ts';
import type { PastQuestion } from '#lib/domain/inventory/fleet-filter.ts';
import { type GroupNode, type GroupTree, groupTree, pathTo } from '#lib/domain/rooms/group-tree.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { roomGroupsQuery } from '#lib/queries/rooms/rooms.ts';

export type Branch = GroupNode<RoomGroupRow>;
export type Tree = GroupTree<RoomGroupRow>;

/** The tree of groups with its counts; `first` is what came with the page, null where that was too much. */
export function useGroups(first: RoomGroupsAnswer | null, past: Pick<PastQuestion, 'at'>) {
  const query = useQuery({
    ...roomGroupsQuery(useReader(), past),
    ...(first && { initialData: first, initialDataUpdatedAt: () => firstSeenAt(first) }),
  });
  const items = query.data?.items;
  const tree = useMemo(() => (items ? groupTree(items) : null), [items]);
  return { ...query, tree };
}

/** The chosen group and all above it, from the top down; empty where it is not known or none is chosen. */
export function usePathTo(tree: Tree | null, id: string | null): Branch[] {
  return useMemo(() => {
    const node = id === null ? undefined : tree?.get(id);
    return node ? pathTo(node) : [];
  }, [tree, id]);
}
