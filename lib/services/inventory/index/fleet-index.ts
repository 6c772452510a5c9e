import { createHash } from 'node:crypto';
import type { Count } from '#lib/api/inventory/fleet-answers.ts';
import { FLEET_FACETS, type FleetFacet, type FleetSort } from '#lib/domain/inventory/fleet-filter.ts';
import { issueGroupsOf, SEVERITIES, severityOf } from '#lib/domain/issues/issue.ts';
import { severityRank } from '#lib/domain/issues/worst-first.ts';
import {
  ABSENT,
  countMatches,
  createPresence,
  GONE,
  type Presence,
  THERE,
} from '#lib/services/inventory/count-matches.ts';
import { createSearchTexts, findIn, type SearchTexts } from '#lib/services/inventory/find-in.ts';
import { createFacetColumn, type FacetColumn } from './facet-column.ts';
import { createIdsBy } from './ids-by.ts';
import type { IndexedDevice } from './indexed-device.ts';
import { createNameTable, type NameTable } from './name-table.ts';
import { createOrderedRows, type Order, type Page, type Place } from './ordered-rows.ts';
import { createPeers, type Peers } from './peers.ts';

/** Which devices; `words` must all be in its names, or its key be in `keys`. */
export type FleetFilter = {
  facets: Record<FleetFacet, (string | null)[]>;
  /** Null for every room; `''` for devices that are in none. */
  room: string | null;
  words: string[];
  keys: ReadonlySet<string>;
  /** Set for these devices alone, by key. */
  among?: ReadonlySet<string> | null;
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
  inRoom(roomId: string): readonly string[];
  match(filter: FleetFilter): FleetMatches;
  page(
    sort: FleetSort,
    after: Place | null,
    limit: number,
    passes: (slot: number) => boolean,
  ): Page<IndexedDevice>;
  /** Up to `limit` devices whose names hold all these words; none of no words. */
  find(words: string[], limit: number): IndexedDevice[];
  /** Who stands with whom. */
  readonly peers: Omit<Peers, 'put' | 'remove'>;
  /** Which devices are called what. */
  readonly names: NameTable;
  /** Calls back for every device; gone ones too. */
  forEach(visit: (row: IndexedDevice) => void): void;
  /** Grows with every change. */
  readonly version: number;
  /** Devices that are not gone. */
  readonly known: number;
  readonly withoutRoom: number;
};

const ORDERS: Record<string, (row: IndexedDevice) => string | number | null> = {
  name: ({ device }) => device.name,
  room: ({ roomName }) => roomName,
  // The worst first; among them those that have been so for longest.
  status: ({ device }) => severityRank(device.state) * 1e14 + (device.stateSince ?? 0),
  // The longest-lasting first among equals; devices without issues after all others, by their status.
  severity: ({ device }) => {
    const [worst] = device.issues;
    const rank = worst
      ? SEVERITIES.indexOf(severityOf(worst))
      : SEVERITIES.length + severityRank(device.state);
    return rank * 1e14 + ((worst ? device.issueSince : null) ?? device.stateSince ?? 0);
  },
  model: ({ device }) => device.model,
  firmware: ({ device }) => device.firmware,
  software: ({ device }) => device.software,
  // As the row shows it: the newer of the last check and the last event.
  seen: ({ device: { observedAt, eventAt } }) =>
    observedAt === null ? null : Math.max(observedAt, eventAt ?? observedAt),
  since: ({ device }) => device.stateSince,
};

const VALUES: Record<FleetFacet, (row: IndexedDevice) => string | null> = {
  status: ({ device }) => device.state,
  model: ({ device }) => device.model,
  firmware: ({ device }) => device.firmware,
  software: ({ device }) => device.software,
  network: ({ device }) => device.networkType,
  group: ({ groupId }) => groupId,
  issue: ({ device: { issues } }) => [...issueGroupsOf(issues), ...issues].join(' ') || null,
};

/** A device has several issues at once. */
const columnOf = (facet: FleetFacet) =>
  createFacetColumn(facet === 'issue' ? (value) => value.split(' ') : null);

const NAMES = {
  idOf: ({ device }: IndexedDevice) => device.key,
  // A union id is not for everybody, and this name goes into cursors.
  nameOf: ({ device }: IndexedDevice) =>
    device.deviceId ?? createHash('sha256').update(device.key).digest('base64url').slice(0, 12),
};

export function createFleetIndex(): FleetIndex {
  const rows = createOrderedRows<IndexedDevice>(NAMES, orderNamed);
  const columns = Object.fromEntries(FLEET_FACETS.map((facet) => [facet, columnOf(facet)])) as Record<
    FleetFacet,
    FacetColumn
  >;
  const searchTexts = createSearchTexts();
  const rooms = createIdsBy();
  const presence = createPresence();
  const peers = createPeers();
  const names = createNameTable((put) => {
    rows.forEach(({ device }) => void put(device.name, device.key));
  });
  let [version, removed, withoutRoom] = [0, 0, 0];

  const count = ({ device }: IndexedDevice, step: 1 | -1) => {
    if (device.removedAt !== null) removed += step;
    else if (device.roomId === null) withoutRoom += step;
  };
  const remove = (key: string) => {
    const known = rows.get(key);
    if (!known) return;
    version += 1;
    count(known, -1);
    if (known.device.roomId !== null) rooms.remove(known.device.roomId, key);
    names.remove(known.device.name, key);
    peers.remove(known);
    presence.set(rows.slotOf(key) as number, ABSENT);
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
      if (device.roomId !== null) rooms.add(device.roomId, device.key);
      const slot = rows.slotOf(device.key) as number;
      for (const facet of FLEET_FACETS) columns[facet].set(slot, VALUES[facet](row));
      searchTexts.set(slot, searchTextOf(row));
      presence.set(slot, device.removedAt === null ? THERE : GONE);
      names.put(device.name, device.key);
      peers.put(row);
    },
    inRoom: rooms.of,
    match: (filter) =>
      match(filter, { rows, columns, searchTexts, presence, inRoom: rooms.of(filter.room ?? '') }),
    page: (sort, after, limit, passes) => rows.page(sort, after, limit, passes),
    find: (words, limit) => findIn(rows, searchTexts, words, limit),
    forEach: rows.forEach,
    peers,
    names,
    get version() {
      return version;
    },
    get known() {
      return rows.size - removed;
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
function searchTextOf({ device, roomName }: IndexedDevice): string {
  return [device.name, roomName, device.model, device.deviceId, device.firmware]
    .filter((text) => text !== null)
    .join('\n')
    .normalize('NFKC')
    .toLowerCase();
}

type Parts = {
  rows: ReturnType<typeof createOrderedRows<IndexedDevice>>;
  columns: Record<FleetFacet, FacetColumn>;
  searchTexts: SearchTexts;
  presence: Presence;
  inRoom: readonly string[];
};

// Gone devices are shown to those who choose them, and counted so that they can be: the state is the first facet.
function match(filter: FleetFilter, { rows, columns, presence, ...parts }: Parts): FleetMatches {
  const { total, passes, counts } = countMatches(
    FLEET_FACETS.map((facet) => columns[facet]),
    FLEET_FACETS.map((facet) => filter.facets[facet]),
    {
      presence: presence.all,
      end: rows.end,
      isMatch: meant(filter, { rows, ...parts }),
      showsRemoved: filter.facets.status.includes('removed'),
    },
  );
  const facets = Object.fromEntries(FLEET_FACETS.map((facet, index) => [facet, counts[index]]));
  return { total, passes, facets: facets as FleetMatches['facets'] };
}

function meant(
  { room, words, keys, among = null }: FleetFilter,
  { rows, searchTexts, inRoom }: Pick<Parts, 'rows' | 'searchTexts' | 'inRoom'>,
): ((slot: number) => boolean) | null {
  if (room === null && words.length === 0 && among === null) return null;
  const slotsOf = (some: Iterable<string>) => new Set([...some].map((key) => rows.slotOf(key)));
  const isNamed = slotsOf(keys);
  const isThere = slotsOf(inRoom);
  const isAmong = among && slotsOf(among);
  const holds = searchTexts.holding(words);
  return (slot) => {
    if (room === '' && rows.at(slot)?.device.roomId !== null) return false;
    if (room && !isThere.has(slot)) return false;
    if (isAmong && !isAmong.has(slot)) return false;
    return holds(slot) || isNamed.has(slot);
  };
}
