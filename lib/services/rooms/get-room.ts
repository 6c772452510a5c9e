import type { RoomAnswer, RoomGroupsAnswer, StateCounts } from '#lib/api/rooms/room-answers.ts';
import { can, type Operator } from '#lib/domain/access/operator.ts';
import { AppError } from '#lib/domain/errors.ts';
import { NOW, type PastQuestion } from '#lib/domain/inventory/fleet-filter.ts';
import type { RoomGroup } from '#lib/domain/rooms/room.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { viewThen } from '#lib/services/devices/view-as-of.ts';
import type { InventoryView } from '#lib/services/inventory/inventory.ts';
import {
  deviceDifference,
  differencesBetween,
  roomDifference,
  viewsOf,
} from '#lib/services/inventory/list-differences.ts';
import { shownRoom } from '#lib/services/inventory/shown-row.ts';
import { roomIssues } from '#lib/services/issues/room-issues.ts';

type Reading = Pick<ServiceContext, 'inventory' | 'clock' | 'store'>;

/**
 * One room with its devices, from what is known now or was known then. Throws room-not-found, invalid-question.moment.
 */
export async function getRoom(
  context: Reading,
  operator: Operator,
  id: string,
  past: PastQuestion = NOW,
): Promise<RoomAnswer> {
  const { view, now } = await viewThen(context, past);
  const found = view.rooms.get(id);
  if (!found) throw new AppError(past.at === null ? 'room-not-found.room' : 'room-not-found.not-known-then');
  const { description, externalId, unknownFields, observedAt } = found.room;
  return {
    room: {
      ...shownRoom({ view, role: operator.role, now }, found),
      ageMs: Math.max(0, now - observedAt),
      groupPath: groupPathOf(view, found.groupId),
      description,
      externalId,
      issues: past.at === null ? roomIssues(found) : [],
      unknownFields: can(operator.role, 'see-identity') ? unknownFields : null,
    },
    ...(await pastOf(context, operator, id, past)),
  };
}

/** What was other of the room and of the devices that were in it at either moment; nothing for a room of now. */
async function pastOf(
  context: Reading,
  operator: Operator,
  id: string,
  { at, against }: PastQuestion,
): Promise<Pick<RoomAnswer, 'past'>> {
  if (at === null) return {};
  const moments = { at, against };
  const views = await viewsOf(context, moments);
  const devicesIn = (view: InventoryView) => view.rooms.get(id)?.deviceKeys ?? [];
  const compare = (each: typeof views, key: string) => deviceDifference(each, key, operator.role);
  const past = await differencesBetween(context, moments, views, devicesIn, compare);
  return { past: { ...past, differs: roomDifference(views, id)?.item().fields ?? [] } };
}

function groupPathOf({ groups }: InventoryView, groupId: string | null): RoomAnswer['room']['groupPath'] {
  return groupId === null ? [] : groups.pathOf(groupId).map(({ id, name }) => ({ id, name }));
}

type Sum = { rooms: number; devices: number; states: StateCounts };

/** The tree of room groups with what hangs below each branch, rooms that are gone left out. */
export async function listRoomGroups(
  context: Pick<Reading, 'inventory' | 'clock'>,
  past: PastQuestion = NOW,
): Promise<RoomGroupsAnswer> {
  const { rooms, groups } = (await viewThen(context, past)).view;
  const sums = new Map<string, Sum>(groups.all.map(({ id }) => [id, nothing()]));
  const [all, ungrouped] = [nothing(), nothing()];
  rooms.forEach(({ room, groupId, deviceKeys, states }) => {
    if (room.removedAt !== null) return;
    const branches = groupId === null ? [] : groups.pathOf(groupId);
    for (const sum of [all, ...(groupId === null ? [ungrouped] : branches.map(({ id }) => sums.get(id)))]) {
      if (sum) add(sum, deviceKeys.length, states);
    }
  });
  const items = groups.all.map((group) => ({ ...group, ...(sums.get(group.id) as Sum) })).sort(byName);
  return { items, all, ungrouped };
}

// As rooms are sorted: here rather than in each browser, whose tables of letters differ from the server's.
const collator = new Intl.Collator('zh', { numeric: true });
const byName = (a: RoomGroup, b: RoomGroup) => collator.compare(a.name ?? a.id, b.name ?? b.id);

const nothing = (): Sum => ({ rooms: 0, devices: 0, states: {} });

function add(sum: Sum, devices: number, states: StateCounts): void {
  sum.rooms += 1;
  sum.devices += devices;
  for (const [state, count] of Object.entries(states) as [keyof StateCounts, number][]) {
    sum.states[state] = (sum.states[state] ?? 0) + count;
  }
}
