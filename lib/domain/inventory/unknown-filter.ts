import { isNotificationName } from '#lib/domain/alerts/alert.ts';
import { LISTED_STATUSES } from './fleet.ts';
import { FLEET_SORTS, isIssueFilter, NOT_SAID, ROOM_CONDITIONS, ROOM_SORTS } from './fleet-filter.ts';

/** A part of a list's address that the list does not apply: an unknown name, or a value that the name cannot have. */
export type UnreadFilter = { name: string; value: string };

type Reads = Record<string, (value: string) => boolean>;

const anything = () => true;
const oneOf = (names: readonly string[]) => (value: string) => names.includes(value);
const orders = (names: readonly string[]) => oneOf(names.flatMap((name) => [name, `-${name}`]));

const PAST: Reads = { at: anything, against: anything };

const FLEET: Reads = {
  q: anything,
  status: oneOf(LISTED_STATUSES),
  model: anything,
  firmware: anything,
  software: anything,
  network: anything,
  group: anything,
  issue: (value) => value === NOT_SAID || isIssueFilter(value),
  room: anything,
  notification: isNotificationName,
  sort: orders(FLEET_SORTS),
  ...PAST,
};

const ROOMS: Reads = {
  q: anything,
  group: anything,
  status: oneOf(LISTED_STATUSES),
  label: anything,
  condition: oneOf(ROOM_CONDITIONS),
  sort: orders(ROOM_SORTS),
  ...PAST,
};

/** What of an address the device list does not apply; `columns` are those that its table knows. */
export const unreadInFleet = (params: URLSearchParams, columns: readonly string[]): UnreadFilter[] =>
  unread(params, { ...FLEET, columns: (value) => value.split(',').every(oneOf([...columns, ''])) });

/** As unreadInFleet, for rooms. */
export const unreadInRooms = (params: URLSearchParams): UnreadFilter[] => unread(params, ROOMS);

function unread(params: URLSearchParams, reads: Reads): UnreadFilter[] {
  const seen = new Set<string>();
  const isNew = (name: string, value: string) => seen.size !== seen.add(`${name}=${value}`).size;
  return [...params]
    .filter(([name, value]) => value !== '' && !(Object.hasOwn(reads, name) && reads[name]?.(value)))
    .filter(([name, value]) => isNew(name, value))
    .map(([name, value]) => ({ name, value }));
}
