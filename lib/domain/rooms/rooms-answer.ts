import type { ShownDifference } from '#lib/domain/devices/device-answer.ts';
import type { PastLists } from '#lib/domain/history/as-of-answer.ts';
import type { FleetState } from '#lib/domain/inventory/fleet.ts';
import type { Count, FleetRow } from '#lib/domain/inventory/fleet-answer.ts';
import type { ShownIssue } from '#lib/domain/issues/issue.ts';
import type { BookingRight, RoomLabel } from './room.ts';

/** How many devices are in each state; states without any are left out. */
export type StateCounts = Partial<Record<FleetState, number>>;

/** A branch of the tree with all that hangs below it. `parentId` is null at the top. */
export type RoomGroupRow = {
  id: string;
  name: string | null;
  parentId: string | null;
  rooms: number;
  devices: number;
  states: StateCounts;
};

/** The whole tree, ordered by name. `all` counts every room, those in no group included; `ungrouped` only these. */
export type RoomGroupsAnswer = {
  items: RoomGroupRow[];
  all: { rooms: number; devices: number; states: StateCounts };
  ungrouped: { rooms: number; devices: number; states: StateCounts };
};

/** A room in a list with its devices. Times are ISO 8601 UTC. */
export type RoomRow = {
  id: string;
  name: string | null;
  group: { id: string; name: string | null } | null;
  /** Names from the top of the tree down to its group. */
  path: string[];
  capacity: number | null;
  location: { title: string | null; description: string | null } | null;
  labels: RoomLabel[];
  bookingRight: BookingRight;
  /** The most troubling state of its devices; null for a room without any. */
  state: FleetState | null;
  devices: FleetRow[];
  observedAt: string;
  /** When its devices were last read; null when only the list was. */
  detailAt: string | null;
  removedAt: string | null;
};

/** What the room list can be narrowed to: a state of some device in it, or a lack. */
export const ROOM_CONDITIONS = ['without-device', 'removed'] as const;
export type RoomCondition = (typeof ROOM_CONDITIONS)[number];

export const ROOM_SORTS = ['name', 'status', 'capacity', 'devices', 'seen'] as const;
export type RoomSort = (typeof ROOM_SORTS)[number] | `-${(typeof ROOM_SORTS)[number]}`;

export type RoomsAnswer = {
  items: RoomRow[];
  nextCursor: string | null;
  total: number;
  /** How many rooms are known in all, gone ones not counted. */
  known: number;
  /** Devices that are in no room. */
  devicesWithoutRoom: number;
  /** Counts of rooms by the state of a device in them, by label, and by condition. */
  facets: { status: Count[]; label: Count[]; condition: { value: RoomCondition; count: number }[] };
  /** Set on the first page of an answer about the past. */
  past?: PastLists;
};

/** One room. */
export type RoomAnswer = {
  room: RoomRow & {
    /** How long ago `observedAt` was when the server answered, never negative. */
    ageMs: number;
    /** From the top of the tree down to its group, as `path` with ids that lead there. */
    groupPath: { id: string; name: string | null }[];
    description: string | null;
    externalId: string | null;
    /** What is wrong with the room itself, the worst first; empty in an answer about the past. */
    issues: ShownIssue[];
    unknownFields: Record<string, unknown> | null;
  };
  /** Set in an answer about the past: what was other of the room, and of the devices in it at either moment. */
  past?: PastLists & { differs: ShownDifference[] };
};
