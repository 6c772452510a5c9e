import { createHash } from 'node:crypto';
import type { Count } from '#lib/api/inventory/fleet-answers.ts';
import type { CurrencyMoment } from '#lib/domain/devices/status-currency.ts';
import { FLEET_FACETS, type FleetFacet, type FleetSort } from '#lib/domain/inventory/fleet-filter.ts';
import {
  ABSENT,
  countMatches,
  createPresence,
  GONE,
  type Presence,
  THERE,
} from '#lib/services/inventory/count-matches.ts';
import { createSearchTexts, findIn, type SearchTexts } from '#lib/services/inventory/find-in.ts';
import { createCurrencyColumn } from './currency-column.ts';
import { createFacetColumn, type FacetColumn } from './facet-column.ts';
import { orderNamed, turnCurrency, VALUES } from './fleet-values.ts';
import { createIdsBy } from './ids-by.ts';
import type { IndexedDevice, PlacedDevice } from './indexed-device.ts';
import { createNameTable, type NameTable } from './name-table.ts';
import { createOrderedRows, type Page, type Place } from './ordered-rows.ts';
import { createPeers, type Peers } from './peers.ts';
import { createVersionMemory } from './version-memory.ts';

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
  put(row: PlacedDevice): void;
  remove(key: string): void;
  /** Goes on to a moment; answers the rooms of the devices whose status holds no longer, or again. */
  judge(moment: CurrencyMoment): ReadonlySet<string>;
  /** As of when statuses were judged last. */
  readonly judged: CurrencyMoment;
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

/** A device has several issues at once. */
const columnOf = (facet: FleetFacet) =>
  createFacetColumn(facet === 'issue' ? (value) => value.split(' ') : null);

const createColumns = () =>
  Object.fromEntries(FLEET_FACETS.map((facet) => [facet, columnOf(facet)])) as Record<
    FleetFacet,
    FacetColumn
  >;

const NAMES = {
  idOf: ({ device }: IndexedDevice) => device.key,
  // A union id is not for everybody, and this name goes into cursors.
  nameOf: ({ device }: IndexedDevice) =>
    device.deviceId ?? createHash('sha256').update(device.key).digest('base64url').slice(0, 12),
};

export function createFleetIndex(): FleetIndex {
  const rows = createOrderedRows<IndexedDevice>(NAMES, orderNamed);
  const columns = createColumns();
  const searchTexts = createSearchTexts();
  const rooms = createIdsBy();
  const presence = createPresence();
  const currency = createCurrencyColumn();
  const peers = createPeers();
  const matches = createMatcher({ rows, columns, searchTexts, presence, rooms });
  const names = createNameTable((put) => {
    rows.forEach(({ device }) => void put(device.name, device.key));
  });
  const tally = { removed: 0, withoutRoom: 0 };
  let version = 0;

  const remove = (key: string) => {
    const known = rows.get(key);
    if (!known) return;
    version += 1;
    count(tally, known, -1);
    if (known.device.roomId !== null) rooms.remove(known.device.roomId, key);
    names.remove(known.device.name, key);
    peers.remove(known);
    const slot = rows.slotOf(key) as number;
    presence.set(slot, ABSENT);
    currency.remove(slot);
    rows.remove(key);
  };
  return {
    get: (key) => rows.get(key),
    remove,
    put({ device, ...place }) {
      remove(device.key);
      const row = { device, ...place, current: currency.isCurrent(device) };
      rows.put(row);
      version += 1;
      count(tally, row, 1);
      if (device.roomId !== null) rooms.add(device.roomId, device.key);
      const slot = rows.slotOf(device.key) as number;
      for (const facet of FLEET_FACETS) columns[facet].set(slot, VALUES[facet](row));
      searchTexts.set(slot, searchTextOf(row));
      presence.set(slot, device.removedAt === null ? THERE : GONE);
      currency.set(slot, device);
      names.put(device.name, device.key);
      peers.put(row);
    },
    get judged() {
      return currency.judged;
    },
    judge(moment) {
      const turned = currency.judge(moment);
      if (turned.length > 0) version += 1;
      return turnCurrency(turned, { rows, columns });
    },
    inRoom: rooms.of,
    match: (filter) => matches(version, filter),
    page: (sort, after, limit, passes) => rows.page(sort, after, limit, passes),
    find: (words, limit) => findIn(rows, searchTexts, words, limit),
    forEach: rows.forEach,
    peers,
    names,
    get version() {
      return version;
    },
    get known() {
      return rows.size - tally.removed;
    },
    get withoutRoom() {
      return tally.withoutRoom;
    },
  };
}

/** Matches filters, and remembers the last answers of a version: paging and equal views are counted once. */
function createMatcher({
  rooms,
  ...parts
}: Omit<Parts, 'inRoom'> & { rooms: ReturnType<typeof createIdsBy> }) {
  const remembered = createVersionMemory<FleetMatches>();
  return (version: number, filter: FleetFilter): FleetMatches =>
    remembered(version, nameOf(filter), () =>
      match(filter, { ...parts, inRoom: rooms.of(filter.room ?? '') }),
    );
}

/** Equal for equal filters. */
const nameOf = ({ facets, room, words, keys, among }: FleetFilter) =>
  JSON.stringify([FLEET_FACETS.map((facet) => facets[facet]), room, words, [...keys], among && [...among]]);

function count(tally: { removed: number; withoutRoom: number }, { device }: IndexedDevice, step: 1 | -1) {
  if (device.removedAt !== null) tally.removed += step;
  else if (device.roomId === null) tally.withoutRoom += step;
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
