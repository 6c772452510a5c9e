import type { RoomGroup } from '#lib/domain/rooms/room.ts';

/** The tree of room groups, for going up and down in it. */
export type GroupPaths = {
  all: RoomGroup[];
  get(id: string): RoomGroup | undefined;
  /** From the top of the tree down to the group itself. */
  pathOf(id: string): RoomGroup[];
  /** The same in names; all rooms of a group share one list. */
  namesOf(id: string): string[];
  /** The group and everything below it. */
  below(id: string): ReadonlySet<string>;
};

/** Vendor data may hold a group that is its own ancestor or whose parent is gone: the walk ends there. */
export function createGroupPaths(groups: RoomGroup[]): GroupPaths {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const children = new Map<string, string[]>();
  for (const { id, parentId } of groups) {
    if (parentId === null) continue;
    const siblings = children.get(parentId);
    if (siblings) siblings.push(id);
    else children.set(parentId, [id]);
  }
  const pathOf = (id: string) => {
    const path: RoomGroup[] = [];
    let group = byId.get(id);
    while (group && !path.includes(group)) {
      path.unshift(group);
      group = group.parentId === null ? undefined : byId.get(group.parentId);
    }
    return path;
  };
  const names = new Map<string, string[]>();
  return {
    all: groups,
    get: (id) => byId.get(id),
    pathOf,
    namesOf(id) {
      const known = names.get(id) ?? pathOf(id).map((group) => group.name ?? group.id);
      names.set(id, known);
      return known;
    },
    below(id) {
      const found = new Set([id]);
      // A set may grow while it is walked, and holds each group once even where the tree is none.
      for (const each of found) for (const child of children.get(each) ?? []) found.add(child);
      return found;
    },
  };
}

/** A group's name behind those above it, because floors are called alike in every building; null where it is not known. */
export function groupLabel(groups: GroupPaths, id: string): string | null {
  const path = groups.namesOf(id);
  return path.length === 0 ? null : path.join(' / ');
}
