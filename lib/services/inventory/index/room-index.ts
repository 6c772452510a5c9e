import type { Count } from '#lib/api/inventory/fleet-answers.ts';
import type { RoomsAnswer, StateCounts } from '#lib/api/rooms/room-answers.ts';
import type { FleetState, ListedStatus } from '#lib/domain/inventory/fleet.ts';
import type { RoomCondition, RoomSort } from '#lib/domain/inventory/fleet-filter.ts';
import { severityRank } from '#lib/domain/issues/worst-first.ts';
import type { KnownRoom } from '#lib/domain/rooms/room.ts';
import { createSearchTexts, findIn, type SearchTexts } from '#lib/services/inventory/find-in.ts';
import { createNameTable, type NameTable } from './name-table.ts';
import { createOrderedRows, type Order, type OrderedRows, type Page, type Place } from './ordered-rows.ts';

/** A room beside what its devices and the tree say of it. */
export type IndexedRoom = {
  room: KnownRoom;
  /** Names from the top of the tree down to its group. */
  path: string[];
  /** Its group, when the tree has it. */
  groupId: string | null;
  deviceKeys: string[];
  states: StateCounts;
  /** The most troubling state of its devices. */
  state: ListedStatus | null;
  /** The same of what they last reported, current or not. */
  reported: FleetState | null;
};

/** What of a room changes when a status of its devices is no longer current. */
export type RoomStates = Pick<IndexedRoom, 'states' | 'state' | 'reported'> & { id: string };

export type RoomFilter = {
  words: string[];
  /** Null for every group. `''` among them stands for rooms in none. */
  groups: ReadonlySet<string> | null;
  status: ListedStatus[];
  label: string[];
  condition: RoomCondition | null;
};

export type RoomMatches = {
  total: number;
  facets: RoomsAnswer['facets'];
  passes: (slot: number) => boolean;
};

/** The rooms in memory: filtered, counted and sorted without asking the database. */
export type RoomIndex = {
  get(id: string): IndexedRoom | undefined;
  put(row: IndexedRoom): void;
  remove(id: string): void;
  /** Takes in other states of the same devices. */
  restate(rooms: readonly RoomStates[]): void;
  match(filter: RoomFilter): RoomMatches;
  page(
    sort: RoomSort,
    after: Place | null,
    limit: number,
    passes: (slot: number) => boolean,
  ): Page<IndexedRoom>;
  /** Up to `limit` rooms whose names hold all these words; none of no words. */
  find(words: string[], limit: number): IndexedRoom[];
  /** Which rooms are called what. */
  readonly names: NameTable;
  forEach(visit: (row: IndexedRoom) => void): void;
  /** Grows with every change. */
  readonly version: number;
  /** Rooms that are not gone. */
  readonly known: number;
  /** Of those with a device, the share that has one alone; 1 where there is none. */
  readonly alone: number;
};

const ORDERS: Record<string, (row: IndexedRoom) => string | number | null> = {
  name: ({ room }) => room.name,
  status: ({ state }) => (state === null ? null : severityRank(state)),
  capacity: ({ room }) => room.capacity,
  devices: ({ deviceKeys }) => deviceKeys.length,
  seen: ({ room }) => room.detailAt,
};

/** The orders that the states of devices change. */
const STATE_ORDERS = ['status', '-status'];

const idOf = ({ room }: IndexedRoom) => room.id;

export function createRoomIndex(): RoomIndex {
  const rows = createOrderedRows<IndexedRoom>({ idOf, nameOf: idOf }, orderNamed);
  const searchTexts = createSearchTexts();
  /** What each row is counted by, which would be made anew for every question. */
  const labels: string[][] = [];
  const names = createNameTable((put) => {
    rows.forEach(({ room }) => void put(room.name, room.id));
  });
  let [known, version] = [0, 0];
  const occupied = createOccupancy();
  return {
    get: (id) => rows.get(id),
    remove(id) {
      const row = rows.get(id);
      occupied.count(row, -1);
      if (row?.room.removedAt === null) known -= 1;
      if (row) names.remove(row.room.name, id);
      version += 1;
      rows.remove(id);
    },
    get alone() {
      return occupied.alone;
    },
    get known() {
      return known;
    },
    put(row) {
      const { room } = row;
      occupied.count(rows.get(room.id), -1);
      occupied.count(row, 1);
      const before = rows.get(room.id)?.room;
      known += Number(room.removedAt === null) - Number(before?.removedAt === null);
      version += 1;
      rows.put(row);
      const slot = rows.slotOf(room.id) as number;
      searchTexts.set(slot, searchTextOf(row));
      labels[slot] = labelsOf(row);
      if (before) names.remove(before.name, room.id);
      names.put(room.name, room.id);
    },
    restate(rooms) {
      version += 1;
      restate(rows, rooms);
    },
    page: (sort, after, limit, passes) => rows.page(sort, after, limit, passes),
    find: (words, limit) => findIn(rows, searchTexts, words, limit),
    get version() {
      return version;
    },
    forEach: rows.forEach,
    names,
    match: (filter) => match(filter, { rows, searchTexts, labels }),
  };
}

type Parts = { rows: OrderedRows<IndexedRoom>; searchTexts: SearchTexts; labels: string[][] };

function match(filter: RoomFilter, { rows, searchTexts, labels }: Parts): RoomMatches {
  const passing = new Uint8Array(rows.end);
  const counts = { status: new Map(), label: new Map(), condition: new Map() };
  const { words, groups } = filter;
  const holds = searchTexts.holding(words);
  let total = 0;
  for (let slot = 0; slot < rows.end; slot++) {
    const row = rows.at(slot);
    if (!row || !(groups === null || groups.has(row.groupId ?? '')) || !holds(slot)) continue;
    const its = labels[slot] ?? NO_LABELS;
    const fits = fitting(row, its, filter);
    if (fits.status && fits.label && fits.condition) {
      passing[slot] = 1;
      total += 1;
    }
    if (fits.label && fits.condition) for (const state in row.states) add(counts.status, state);
    if (fits.status && fits.condition) for (const label of its) add(counts.label, label);
    const condition = conditionOf(row);
    if (fits.status && fits.label && condition !== null) add(counts.condition, condition);
  }
  const facets = { status: listed(counts.status), label: listed(counts.label) };
  const condition = listed(counts.condition) as RoomsAnswer['facets']['condition'];
  return { total, facets: { ...facets, condition }, passes: (slot) => passing[slot] === 1 };
}

function restate(rows: OrderedRows<IndexedRoom>, rooms: readonly RoomStates[]): void {
  const statesOf = new Map(rooms.map(({ id, ...states }) => [id, states]));
  const slots = rooms.map(({ id }) => rows.slotOf(id)).filter((slot) => slot !== undefined);
  rows.amend(slots, (row) => void Object.assign(row, statesOf.get(row.room.id)), STATE_ORDERS);
}

/** How many rooms have one device alone, and how many more. */
function createOccupancy() {
  let [alone, shared] = [0, 0];
  return {
    count(row: IndexedRoom | undefined, step: 1 | -1) {
      const devices = row?.deviceKeys.length ?? 0;
      if (devices === 1) alone += step;
      else if (devices > 1) shared += step;
    },
    get alone() {
      return alone + shared === 0 ? 1 : alone / (alone + shared);
    },
  };
}

function orderNamed(name: string): Order<IndexedRoom> | undefined {
  const descending = name.startsWith('-');
  const value = ORDERS[descending ? name.slice(1) : name];
  return value && { valueOf: value, descending };
}

function searchTextOf({ room, path }: IndexedRoom): string {
  const { location } = room;
  return [room.name, ...path, location?.title, location?.description, room.id, room.externalId]
    .filter((text) => text != null)
    .join('\n')
    .normalize('NFKC')
    .toLowerCase();
}

function fitting(row: IndexedRoom, labels: string[], { status, label, condition }: RoomFilter) {
  return {
    status: status.length === 0 || status.some((state) => row.states[state] !== undefined),
    label: label.length === 0 || labels.some((each) => label.includes(each)),
    // Rooms that are gone are shown to those who choose them.
    condition: condition === null ? row.room.removedAt === null : conditionOf(row) === condition,
  };
}

function conditionOf({ room, deviceKeys }: IndexedRoom): RoomCondition | null {
  if (room.removedAt !== null) return 'removed';
  // The list does not say what stands in a room: before its devices were read nobody knows that it has none.
  return deviceKeys.length === 0 && room.detailAt !== null ? 'without-device' : null;
}

const NO_LABELS: string[] = [];

function labelsOf({ room }: IndexedRoom): string[] {
  if (room.labels.length === 0) return NO_LABELS;
  return [...new Set(room.labels.map(({ name }) => name).filter((name) => name !== null))];
}

const add = (counts: Map<string, number>, value: string) => counts.set(value, (counts.get(value) ?? 0) + 1);

const listed = (counts: Map<string, number>): (Count & { value: string })[] =>
  [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
