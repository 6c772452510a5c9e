import { createHash } from 'node:crypto';
import type { FleetDevice } from '#lib/domain/fleet.ts';
import { type Count, FLEET_FACETS, type FleetFacet, type FleetSort } from '#lib/domain/fleet-answer.ts';
import { troubleRank } from '#lib/domain/trouble.ts';
import { createFacetColumn, type FacetColumn } from './facet-column.ts';
import { findIn } from './find-in.ts';
import { createOrderedRows, type Order, type Page, type Place } from './ordered-rows.ts';

/** A device beside what its room says: the tree's group and the room's own name. */
export type IndexedDevice = { device: FleetDevice; groupId: string | null; roomName: string | null };

/** Which devices; `words` must all be in its names, or its key be in `keys`. */
export type FleetFilter = {
  facets: Record<FleetFacet, (string | null)[]>;
  /** Null for every room; `''` for devices that are in none. */
  room: string | null;
  words: string[];
  keys: ReadonlySet<string>;
};

export type FleetMatches = {
  total: number;
  facets: Record<FleetFacet, Count[]>;
  passes: (slot: number) => boolean;
};

/** The fleet in memory: filtered, counted and sorted without asking the database. */
export type FleetIndex = {
  get(key: string): IndexedDevice | undefined;
  put(row: IndexedDevice): void;
  remove(key: string): void;
  /** Keys of the devices that say they are in this room. */
  inRoom(roomId: string): ReadonlySet<string>;
  match(filter: FleetFilter): FleetMatches;
  page(
    sort: FleetSort,
    after: Place | null,
    limit: number,
    passes: (slot: number) => boolean,
  ): Page<IndexedDevice>;
  /** Up to `limit` devices whose names hold all these words; none of no words. */
  find(words: string[], limit: number): IndexedDevice[];
  /** Calls back for every device; gone ones too. */
  forEach(visit: (row: IndexedDevice) => void): void;
  /** Grows with every change. */
  readonly version: number;
  /** Devices that are not gone. */
  readonly known: number;
  readonly withoutRoom: number;
};

const NONE: ReadonlySet<string> = new Set();

const ORDERS: Record<string, (row: IndexedDevice) => string | number | null> = {
  name: ({ device }) => device.name,
  room: ({ roomName }) => roomName,
  // The worst first; among them those that have been so for longest.
  status: ({ device }) => troubleRank(device.state) * 1e14 + (device.stateSince ?? 0),
  model: ({ device }) => device.model,
  firmware: ({ device }) => device.firmware,
  software: ({ device }) => device.software,
  seen: ({ device }) => device.observedAt,
  since: ({ device }) => device.stateSince,
};

const VALUES: Record<FleetFacet, (row: IndexedDevice) => string | null> = {
  status: ({ device }) => device.state,
  model: ({ device }) => device.model,
  firmware: ({ device }) => device.firmware,
  software: ({ device }) => device.software,
  network: ({ device }) => device.networkType,
  group: ({ groupId }) => groupId,
};

const NAMES = {
  idOf: ({ device }: IndexedDevice) => device.key,
  // A union id is not for everybody, and this name goes into cursors.
  nameOf: ({ device }: IndexedDevice) =>
    device.deviceId ?? createHash('sha256').update(device.key).digest('base64url').slice(0, 12),
};

export function createFleetIndex(): FleetIndex {
  const rows = createOrderedRows<IndexedDevice>(NAMES, orderNamed);
  const columns = Object.fromEntries(FLEET_FACETS.map((facet) => [facet, createFacetColumn()])) as Record<
    FleetFacet,
    FacetColumn
  >;
  const haystacks: string[] = [];
  const rooms = new Map<string, Set<string>>();
  let [version, gone, withoutRoom] = [0, 0, 0];

  const count = ({ device }: IndexedDevice, step: 1 | -1) => {
    if (device.goneAt !== null) gone += step;
    else if (device.roomId === null) withoutRoom += step;
  };
  const remove = (key: string) => {
    const known = rows.get(key);
    if (!known) return;
    version += 1;
    count(known, -1);
    rooms.get(known.device.roomId ?? '')?.delete(key);
    rows.remove(key);
  };
  return {
    get: (key) => rows.get(key),
    remove,
    put(row) {
      const { device } = row;
      remove(device.key);
      rows.put(row);
      version += 1;
      count(row, 1);
      if (device.roomId !== null) {
        const there = rooms.get(device.roomId) ?? new Set();
        rooms.set(device.roomId, there.add(device.key));
      }
      const slot = rows.slotOf(device.key) as number;
      for (const facet of FLEET_FACETS) columns[facet].set(slot, VALUES[facet](row));
      haystacks[slot] = haystackOf(row);
    },
    inRoom: (roomId) => rooms.get(roomId) ?? NONE,
    match: (filter) =>
      match(filter, { rows, columns, haystacks, inRoom: rooms.get(filter.room ?? '') ?? NONE }),
    page: (sort, after, limit, passes) => rows.page(sort, after, limit, passes),
    find: (words, limit) => findIn(rows, haystacks, words, limit),
    forEach(visit) {
      for (let slot = 0; slot < rows.end; slot++) {
        const row = rows.at(slot);
        if (row) visit(row);
      }
    },
    get version() {
      return version;
    },
    get known() {
      return rows.size - gone;
    },
    get withoutRoom() {
      return withoutRoom;
    },
  };
}

function orderNamed(name: string): Order<IndexedDevice> | undefined {
  const descending = name.startsWith('-');
  const value = ORDERS[descending ? name.slice(1) : name];
  return value && { valueOf: value, descending };
}

/** What words are looked for in; line breaks keep one field from running into the next. */
function haystackOf({ device, roomName }: IndexedDevice): string {
  return [device.name, roomName, device.model, device.deviceId, device.firmware]
    .filter((text) => text !== null)
    .join('\n')
    .normalize('NFKC')
    .toLowerCase();
}

type Parts = {
  rows: ReturnType<typeof createOrderedRows<IndexedDevice>>;
  columns: Record<FleetFacet, FacetColumn>;
  haystacks: string[];
  inRoom: ReadonlySet<string>;
};

/**
 * One walk over the columns. A row that fails in one property alone still counts among that property's values, which
 * is what choosing one of them would bring.
 */
function match(filter: FleetFilter, { rows, columns, haystacks, inRoom }: Parts): FleetMatches {
  const facets = FLEET_FACETS.map((facet) => ({
    column: columns[facet],
    chosen: columns[facet].chosen(filter.facets[facet]),
    counters: columns[facet].counters(),
  }));
  const showsGone = filter.facets.status.includes('gone');
  const passing = new Uint8Array(rows.end);
  let total = 0;
  for (let slot = 0; slot < rows.end; slot++) {
    const row = rows.at(slot);
    if (!row || !isMeant(row, haystacks[slot] ?? '', filter, inRoom)) continue;
    // Gone devices are shown to those who choose them, and counted so that they can be.
    let failed = row.device.goneAt !== null && !showsGone ? 0 : -1;
    for (let index = 0; index < facets.length && failed !== -2; index++) {
      const { chosen, column } = facets[index] as (typeof facets)[number];
      if (chosen === null || chosen[column.codeAt(slot)] === 1 || failed === index) continue;
      failed = failed === -1 ? index : -2;
    }
    if (failed === -2) continue;
    if (failed === -1) {
      passing[slot] = 1;
      total += 1;
    }
    for (let index = 0; index < facets.length; index++) {
      const { column, counters } = facets[index] as (typeof facets)[number];
      if (failed === -1 || failed === index)
        counters[column.codeAt(slot)] = (counters[column.codeAt(slot)] ?? 0) + 1;
    }
  }
  return {
    total,
    passes: (slot) => passing[slot] === 1,
    facets: Object.fromEntries(
      facets.map(({ column, counters }, index) => [FLEET_FACETS[index], column.counts(counters)]),
    ) as FleetMatches['facets'],
  };
}

function isMeant(
  { device }: IndexedDevice,
  haystack: string,
  filter: FleetFilter,
  inRoom: ReadonlySet<string>,
) {
  if (filter.room === '' && device.roomId !== null) return false;
  if (filter.room && !inRoom.has(device.key)) return false;
  return filter.words.every((word) => haystack.includes(word)) || filter.keys.has(device.key);
}
