import { AppError } from '#lib/domain/errors.ts';
import { can, type Operator } from '#lib/domain/operator.ts';
import type { RoomAnswer, RoomGroupsAnswer, StateCounts } from '#lib/domain/rooms-answer.ts';
import type { ServiceContext } from './context.ts';
import { shownRoom } from './inventory/shown-row.ts';

type Reading = Pick<ServiceContext, 'inventory' | 'clock'>;

/** One room with its devices, from what is known. Throws room-not-found. */
export async function getRoom(
  { inventory, clock }: Reading,
  operator: Operator,
  id: string,
): Promise<RoomAnswer> {
  const view = await inventory.current();
  const found = view.rooms.get(id);
  if (!found) throw new AppError('room-not-found.room');
  const { description, externalId, unknownFields } = found.room;
  return {
    room: {
      ...shownRoom({ view, role: operator.role, now: clock.now() }, found),
      description,
      externalId,
      unknownFields: can(operator.role, 'see-identity') ? unknownFields : null,
    },
  };
}

type Sum = { rooms: number; devices: number; states: StateCounts };

/** The tree of room groups with what hangs below each branch, rooms that are gone left out. */
export async function listRoomGroups({ inventory }: Pick<Reading, 'inventory'>): Promise<RoomGroupsAnswer> {
  const { rooms, groups } = await inventory.current();
  const sums = new Map<string, Sum>(groups.all.map(({ id }) => [id, nothing()]));
  const [all, ungrouped] = [nothing(), nothing()];
  rooms.forEach(({ room, groupId, deviceKeys, states }) => {
    if (room.goneAt !== null) return;
    const branches = groupId === null ? [] : groups.pathOf(groupId);
    for (const sum of [all, ...(groupId === null ? [ungrouped] : branches.map(({ id }) => sums.get(id)))]) {
      if (sum) add(sum, deviceKeys.length, states);
    }
  });
  return { items: groups.all.map((group) => ({ ...group, ...(sums.get(group.id) as Sum) })), all, ungrouped };
}

const nothing = (): Sum => ({ rooms: 0, devices: 0, states: {} });

function add(sum: Sum, devices: number, states: StateCounts): void {
  sum.rooms += 1;
  sum.devices += devices;
  for (const [state, count] of Object.entries(states) as [keyof StateCounts, number][]) {
    sum.states[state] = (sum.states[state] ?? 0) + count;
  }
}
