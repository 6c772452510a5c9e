import type { StateCounts } from '#lib/api/rooms/room-answers.ts';
import type { CurrencyMoment } from '#lib/domain/devices/status-currency.ts';
import {
  type FleetDevice,
  type FleetState,
  type ListedStatus,
  listedStatus,
} from '#lib/domain/inventory/fleet.ts';
import { worstOf } from '#lib/domain/issues/worst-first.ts';
import type { KnownRoom } from '#lib/domain/rooms/room.ts';
import type { Store } from '#lib/store/store.ts';
import { createPast, type PastSource } from './as-of.ts';
import { createFleetIndex, type FleetIndex } from './index/fleet-index.ts';
import { createGroupPaths, type GroupPaths } from './index/group-paths.ts';
import type { IndexedDevice } from './index/indexed-device.ts';
import { createMinimal } from './index/minimal.ts';
import { createRoomIndex, type RoomIndex, type RoomStates } from './index/room-index.ts';

/** All that is known, in memory, as of one moment of the feed. Valid until the next `current()`. */
export type InventoryView = { fleet: FleetIndex; rooms: RoomIndex; groups: GroupPaths };

/** The inventory held in memory and kept true by the change feed. */
export type Inventory = {
  /** The view with everything in it that was durable when this was called. */
  current(): Promise<InventoryView>;
  /** The view as lists showed it at a moment, milliseconds since the epoch; without when devices were to be looked at. */
  at(moment: number): Promise<InventoryView>;
  /** As of when the statuses in `current()` are judged, and since when events vouch for them. */
  currency(): Promise<CurrencyMoment>;
};

type Source = Pick<
  Store,
  'feedHead' | 'feedAfter' | 'devicesAfter' | 'devicesByKeys' | 'roomsAfter' | 'roomsByIds' | 'roomGroups'
>;

/** What says which statuses still hold. */
export type Vouching = {
  now(): number;
  /** Since when events vouch for statuses, as of now or of a moment; null while they do not. */
  since(moment?: number): Promise<number | null>;
};

/** Small enough that what a page leaves behind is swept up while it is young. */
const LOAD_PAGE = 1_000;
const FEED_PAGE = 1_000;

/**
 * Reads the store once and from then on only what the feed names. Counting and sorting a hundred thousand rows is
 * milliseconds here and the same on both engines, where a database would walk its tables once a facet and a click.
 */
export function createInventory(store: Source & PastSource, vouching: Vouching): Inventory {
  const source = leanly(store);
  let state: { view: InventoryView; seq: number } | null = null;
  let underWay: Promise<InventoryView> | null = null;
  let queued: Promise<InventoryView> | null = null;

  const currency = async () => ({ vouchedSince: await vouching.since(), now: vouching.now() });
  const bringUpToDate = async (): Promise<InventoryView> => {
    // The head is read first: what is written while rows are read is named by the feed after it.
    const head = await source.feedHead();
    if (state && state.seq === head) return state.view;
    const view = state && (await follow(source, state));
    if (view) return view;
    state = { view: await load(source), seq: head };
    return state.view;
  };
  const judged = async () => {
    const view = await bringUpToDate();
    return judge(view, await currency());
  };
  // Something may have been written since the one under way began: whoever comes meanwhile shares the one after it.
  const start = async (before: Promise<unknown> | null): Promise<InventoryView> => {
    if (before) await before.catch(() => undefined);
    if (queued) [underWay, queued] = [queued, null];
    try {
      return await judged();
    } finally {
      underWay = null;
    }
  };
  return {
    at: createPast(async (moment) => {
      const view = await load(asOf(store, moment));
      return judge(view, { now: moment, vouchedSince: await vouching.since(moment) });
    }),
    currency,
    current() {
      if (queued) return queued;
      if (underWay) {
        queued = start(underWay);
        return queued;
      }
      underWay = start(null);
      return underWay;
    },
  };
}

/** The same, with what is read in the form in which it is held. */
function leanly(source: Source): Source {
  const lean = createMinimal();
  return {
    feedHead: () => source.feedHead(),
    feedAfter: (seq, limit) => source.feedAfter(seq, limit),
    roomGroups: () => source.roomGroups(),
    devicesAfter: async (after, limit) => (await source.devicesAfter(after, limit)).map(lean.device),
    devicesByKeys: async (keys) => (await source.devicesByKeys(keys)).map(lean.device),
    roomsAfter: async (after, limit) => (await source.roomsAfter(after, limit)).map(lean.room),
    roomsByIds: async (ids) => (await source.roomsByIds(ids)).map(lean.room),
  };
}

/** What is read to hold everything. */
type Whole = Pick<Source, 'devicesAfter' | 'roomsAfter' | 'roomGroups'>;

function asOf(store: PastSource, moment: number): Whole {
  const lean = createMinimal();
  return {
    roomGroups: () => store.roomGroupsThen(moment),
    devicesAfter: async (after, limit) => (await store.devicesThen(moment, after, limit)).map(lean.device),
    roomsAfter: async (after, limit) => (await store.roomsThen(moment, after, limit)).map(lean.room),
  };
}

async function load(source: Whole): Promise<InventoryView> {
  const view = emptyView(createGroupPaths(await source.roomGroups()));
  const rooms: KnownRoom[] = [];
  for (let after: string | null = null; ; ) {
    const page: KnownRoom[] = await source.roomsAfter(after, LOAD_PAGE);
    rooms.push(...page);
    after = page.at(-1)?.id ?? null;
    if (page.length < LOAD_PAGE) break;
  }
  const byId = new Map(rooms.map((room) => [room.id, room]));
  for (let after: string | null = null; ; ) {
    const page: FleetDevice[] = await source.devicesAfter(after, LOAD_PAGE);
    for (const device of page) putDevice(view, device, byId.get(device.roomId ?? ''));
    after = page.at(-1)?.key ?? null;
    if (page.length < LOAD_PAGE) break;
    // Other requests get their turn between two pages.
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const room of rooms) putRoom(view, room);
  return view;
}

/** Applies what the feed tells since; null when it no longer tells all of it. */
async function follow(
  source: Source,
  state: { view: InventoryView; seq: number },
): Promise<InventoryView | null> {
  for (;;) {
    const entries = await source.feedAfter(state.seq, FEED_PAGE);
    if (entries === null) return null;
    const keysOf = (kind: string) =>
      [...new Set(entries.filter((entry) => entry.kind === kind).map(({ key }) => key))].filter(
        (key) => key !== null,
      );
    if (entries.some(({ kind }) => kind === 'groups')) await takeGroups(source, state);
    await takeRooms(source, state.view, keysOf('room'));
    await takeDevices(source, state.view, keysOf('device'));
    state.seq = entries.at(-1)?.seq ?? state.seq;
    if (entries.length < FEED_PAGE) return state.view;
  }
}

async function takeGroups(source: Source, state: { view: InventoryView }): Promise<void> {
  const view = { ...state.view, groups: createGroupPaths(await source.roomGroups()) };
  state.view = view;
  const rooms: KnownRoom[] = [];
  view.rooms.forEach(({ room }) => void rooms.push(room));
  for (const room of rooms) putRoomAndDevices(view, room);
}

async function takeRooms(source: Source, view: InventoryView, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = new Map((await source.roomsByIds(ids)).map((room) => [room.id, room]));
  for (const id of ids) {
    const room = found.get(id);
    if (room) putRoomAndDevices(view, room);
    else view.rooms.remove(id);
  }
}

async function takeDevices(source: Source, view: InventoryView, keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  const found = new Map((await source.devicesByKeys(keys)).map((device) => [device.key, device]));
  const touched = new Set<string | null | undefined>();
  for (const key of keys) {
    touched.add(view.fleet.get(key)?.device.roomId);
    const device = found.get(key);
    if (device) putDevice(view, device, view.rooms.get(device.roomId ?? '')?.room);
    else view.fleet.remove(key);
    touched.add(device?.roomId);
  }
  for (const id of touched) {
    const known = view.rooms.get(id ?? '');
    if (known) putRoom(view, known.room);
  }
}

const emptyView = (groups: GroupPaths): InventoryView => ({
  fleet: createFleetIndex(),
  rooms: createRoomIndex(),
  groups,
});

function putDevice({ fleet, groups }: InventoryView, device: FleetDevice, room: KnownRoom | undefined): void {
  const groupId = room?.groupId ?? null;
  fleet.put({
    device: room ? inWordsOf(room, device) : device,
    groupId: groupId !== null && groups.get(groupId) ? groupId : null,
    roomName: room?.name ?? device.roomName,
  });
}

/** A device's row has copies of what its room says of itself; one of each is enough to hold. */
function inWordsOf({ id, name }: KnownRoom, device: FleetDevice): FleetDevice {
  return { ...device, roomId: id, roomName: device.roomName === name ? name : device.roomName };
}

function putRoomAndDevices(view: InventoryView, room: KnownRoom): void {
  for (const key of [...view.fleet.inRoom(room.id)]) {
    const known = view.fleet.get(key);
    if (known) putDevice(view, known.device, room);
  }
  putRoom(view, room);
}

// A device that was looked at keeps its place among those of its room.
const collator = new Intl.Collator('zh', { numeric: true });
const byName = (a: FleetDevice, b: FleetDevice) =>
  collator.compare(a.name ?? '', b.name ?? '') || (a.key < b.key ? -1 : 1);

function putRoom({ fleet, rooms, groups }: InventoryView, room: KnownRoom): void {
  const group = room.groupId === null ? undefined : groups.get(room.groupId);
  const devices = [...fleet.inRoom(room.id)]
    .map((key) => fleet.get(key)?.device)
    .filter((device): device is FleetDevice => device !== undefined && device.removedAt === null)
    .sort(byName);
  const deviceKeys = devices.map(({ key }) => key);
  rooms.put({
    room,
    path: group ? groups.namesOf(group.id) : [],
    groupId: group?.id ?? null,
    deviceKeys,
    ...statesOf(fleet, deviceKeys),
  });
}

function statesOf({ get }: FleetIndex, deviceKeys: readonly string[]): Omit<RoomStates, 'id'> {
  const states: StateCounts = {};
  const reported: FleetState[] = [];
  for (const key of deviceKeys) {
    const { device, current } = get(key) as IndexedDevice;
    const status = listedStatus({ state: device.state, current });
    states[status] = (states[status] ?? 0) + 1;
    reported.push(device.state);
  }
  return { states, state: worstOf(Object.keys(states) as ListedStatus[]), reported: worstOf(reported) };
}

/** The view with every status judged as of a moment. */
function judge(view: InventoryView, moment: CurrencyMoment): InventoryView {
  const { fleet, rooms } = view;
  const touched = [...fleet.judge(moment)].map((id) => rooms.get(id)).filter((each) => each !== undefined);
  if (touched.length === 0) return view;
  rooms.restate(touched.map(({ room, deviceKeys }) => ({ id: room.id, ...statesOf(fleet, deviceKeys) })));
  return view;
}
