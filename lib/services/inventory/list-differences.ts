import type { ListDifference, PastLists, ShownDifference } from '#lib/api/history/history-answers.ts';
import { can, type Role } from '#lib/domain/access/operator.ts';
import { CONCEALED } from '#lib/domain/devices/conceal.ts';
import { concealChange } from '#lib/domain/devices/conceal-change.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { refuseFuture, viewThen } from '#lib/services/devices/view-as-of.ts';
import type { IndexedDevice } from '#lib/services/inventory/index/indexed-device.ts';
import type { IndexedRoom } from './index/room-index.ts';
import type { InventoryView } from './inventory.ts';

/** More than this is no list to read; their number is said. */
const MOST_ITEMS = 100;

/** The same at two moments; undefined where it was not. */
type Pair<T> = { first: T | undefined; second: T | undefined };
type Views = { first: InventoryView; second: InventoryView };
type Found = { what: ListDifference['what']; item: () => ListDifference };
/** A moment and the one it is compared with, null for now; milliseconds since the epoch. */
type Moments = { at: number; against: number | null };

/** The lists of two moments. Throws invalid-question.moment. */
export async function viewsOf(
  context: Pick<ServiceContext, 'clock' | 'inventory'>,
  { at, against }: Moments,
): Promise<Views> {
  refuseFuture(context.clock, at, against);
  const { view: first } = await viewThen(context, { at });
  const { view: second } = await viewThen(context, { at: against });
  return { first, second };
}

/** What the lists of two moments differ in: of what `keysIn` takes out of either, all that `compare` finds not the same. */
export async function differencesBetween(
  { store, clock }: Pick<ServiceContext, 'store' | 'clock'>,
  { at, against }: Moments,
  { first, second }: Views,
  keysIn: (view: InventoryView) => string[],
  compare: (views: Views, key: string) => Found | null,
): Promise<PastLists> {
  const counts: PastLists['counts'] = { appeared: 0, disappeared: 0, changed: 0 };
  const items: ListDifference[] = [];
  for (const key of new Set([...keysIn(first), ...keysIn(second)])) {
    const found = compare({ first, second }, key);
    if (!found) continue;
    counts[found.what] += 1;
    if (items.length < MOST_ITEMS) items.push(found.item());
  }
  const knownSince = await store.knownSince();
  return {
    at: iso(at),
    against: iso(against ?? clock.now()),
    knownSince: isoOrNull(knownSince),
    counts,
    items,
  };
}

type Field<T> = [field: string, read: (row: T) => unknown];

const OF_DEVICE: Field<IndexedDevice>[] = [
  ['status.state', ({ device }) => device.state],
  ['name', ({ device }) => device.name],
  ['room', ({ device, roomName }) => device.roomId && { id: device.roomId, name: roomName }],
  ['model', ({ device }) => device.model],
  ['firmware', ({ device }) => device.firmware],
  ['software', ({ device }) => device.software],
  ['network.type', ({ device }) => device.networkType],
  ['network.ip', ({ device }) => device.ip],
  ['serial', ({ device }) => device.serial],
  ['mac', ({ device }) => device.mac],
];

const OF_ROOM: Field<IndexedRoom>[] = [
  // That a status is only the last known one is no change of the room.
  ['status.state', ({ reported }) => reported],
  ['name', ({ room }) => room.name],
  ['group', ({ path }) => path.join(' / ') || null],
  ['capacity', ({ room }) => room.capacity],
  [
    'location',
    ({ room }) => [room.location?.title, room.location?.description].filter(Boolean).join(', ') || null,
  ],
  ['labels', ({ room }) => room.labels.flatMap(({ name }) => name ?? []).join(', ') || null],
];

/** What is not the same of a device, as one role may see it; null when nothing is. */
export function deviceDifference({ first, second }: Views, key: string, role: Role): Found | null {
  const pair = { first: first.fleet.get(key), second: second.fleet.get(key) };
  const shown = pair.second ?? pair.first;
  const fields = fieldsOf(OF_DEVICE, pair);
  const what = whatOf(pair, fields);
  if (!shown || !what) return null;
  const { deviceId, unionId, name, roomId } = shown.device;
  return {
    what,
    item: () => ({
      what,
      deviceId,
      name,
      roomId,
      unionId: can(role, 'see-identity') ? unionId : CONCEALED,
      fields: fields.map((each) => concealChange(each, role, new Set())),
    }),
  };
}

/** What is not the same of a room; null when nothing is. */
export function roomDifference({ first, second }: Views, id: string): Found | null {
  const pair = { first: first.rooms.get(id), second: second.rooms.get(id) };
  const fields = [...fieldsOf(OF_ROOM, pair), ...devicesIn({ first, second }, pair)];
  const what = whatOf(pair, fields);
  const shown = pair.second ?? pair.first;
  if (!shown || !what) return null;
  const { name } = shown.room;
  return { what, item: () => ({ what, name, roomId: id, fields, deviceId: null, unionId: null }) };
}

function whatOf<T>({ first, second }: Pair<T>, fields: ShownDifference[]): ListDifference['what'] | null {
  if (first === undefined) return 'appeared';
  if (second === undefined) return 'disappeared';
  return fields.length > 0 ? 'changed' : null;
}

function fieldsOf<T>(fields: Field<T>[], { first, second }: Pair<T>): ShownDifference[] {
  if (first === undefined || second === undefined) return [];
  return fields
    .map(([field, read]) => ({ field, from: read(first), to: read(second) }))
    .filter(({ from, to }) => sameness(from) !== sameness(to));
}

/** A room that is called otherwise now is the same room to the devices in it. */
const sameness = (value: unknown) =>
  typeof value === 'object' && value !== null ? (value as { id: string }).id : value;

/** The devices in a room by their names, where they are not the same ones. */
function devicesIn(views: Views, { first, second }: Pair<IndexedRoom>): ShownDifference[] {
  if (!first || !second) return [];
  const named = (view: InventoryView, { deviceKeys }: IndexedRoom) =>
    deviceKeys
      .map((key) => view.fleet.get(key)?.device)
      .map((device) => device?.name ?? device?.deviceId ?? '–')
      .sort()
      .join(', ') || null;
  const [from, to] = [named(views.first, first), named(views.second, second)];
  return from === to ? [] : [{ field: 'devices', from, to }];
}
