import { isNotificationName, type NotificationName } from '#lib/domain/alerts/alert.ts';
import { isIssueCode, isIssueGroup } from '#lib/domain/issues/issue.ts';

import { LISTED_STATUSES, type ListedStatus } from './fleet.ts';

/** What the fleet can be filtered by, beside words. Values of one are alternatives, different ones narrow. */
export const FLEET_FACETS = ['status', 'model', 'firmware', 'software', 'network', 'group', 'issue'] as const;

export type FleetFacet = (typeof FLEET_FACETS)[number];

/** A value in the address that stands for "not said". */
export const NOT_SAID = '(none)';

/** How the fleet is sorted; a leading minus turns it round. */
export const FLEET_SORTS = [
  'severity',
  'name',
  'room',
  'status',
  'model',
  'firmware',
  'software',
  'seen',
  'since',
] as const;

export type FleetSort = (typeof FLEET_SORTS)[number] | `-${(typeof FLEET_SORTS)[number]}`;

/** What the room list can be narrowed to: a state of some device in it, or a lack. */
export const ROOM_CONDITIONS = ['without-device', 'removed'] as const;
export type RoomCondition = (typeof ROOM_CONDITIONS)[number];

export const ROOM_SORTS = ['name', 'status', 'capacity', 'devices', 'seen'] as const;
export type RoomSort = (typeof ROOM_SORTS)[number] | `-${(typeof ROOM_SORTS)[number]}`;

/** As it was known at a moment, beside a second one; null is now. Milliseconds since the epoch. */
export type PastQuestion = { at: number | null; against: number | null };

/** No moment of the past. */
export const NOW: PastQuestion = { at: null, against: null };

/** Which devices, in which order. Values within one facet are alternatives; `null` is "not said". */
export type FleetQuestion = {
  q: string;
  facets: Record<FleetFacet, (string | null)[]>;
  /** A room's id; null for every room, `without` for devices that are in none. */
  room: string | null;
  /** The devices that one notification told of; null for all devices. */
  notification: NotificationName | null;
  sort: FleetSort;
} & PastQuestion;

/** Which rooms, in which order. `group` takes everything below it. */
export type RoomsQuestion = {
  q: string;
  group: string | null;
  status: ListedStatus[];
  label: string[];
  condition: RoomCondition | null;
  sort: RoomSort;
} & PastQuestion;

/** Stands for "in no room" or "in no group". */
export const WITHOUT = '(without)';

/** Longest name of a saved view. */
export const MAX_VIEW_NAME = 80;

/** Longest text that is searched for; a whole ticket fits. */
export const MAX_QUERY_LENGTH = 20_000;

export const EVERY_DEVICE: FleetQuestion = {
  q: '',
  facets: { status: [], model: [], firmware: [], software: [], network: [], group: [], issue: [] },
  room: null,
  notification: null,
  sort: 'severity',
  at: null,
  against: null,
};

export const EVERY_ROOM: RoomsQuestion = {
  q: '',
  group: null,
  status: [],
  label: [],
  condition: null,
  sort: 'name',
  at: null,
  against: null,
};

const turnable = (names: readonly string[]) => new Set(names.flatMap((name) => [name, `-${name}`]));
const FLEET_ORDERS = turnable(FLEET_SORTS);
const ROOM_ORDERS = turnable(ROOM_SORTS);

/** Reads the view out of an address. What it does not know it leaves out: an old link still shows something. */
export function readFleetQuestion(params: URLSearchParams): FleetQuestion {
  const facets = structuredClone(EVERY_DEVICE.facets);
  for (const facet of FLEET_FACETS) {
    const values = [...new Set(params.getAll(facet).filter((value) => value !== ''))];
    facets[facet] = values.map((value) => (value === NOT_SAID ? null : value));
  }
  facets.status = facets.status.filter(isState);
  facets.issue = facets.issue.filter(isIssueFilter);
  const sort = params.get('sort') ?? '';
  const notification = params.get('notification') ?? '';
  return {
    q: (params.get('q') ?? '').slice(0, MAX_QUERY_LENGTH),
    facets,
    room: params.get('room') || null,
    notification: isNotificationName(notification) ? notification : null,
    sort: FLEET_ORDERS.has(sort) ? (sort as FleetSort) : EVERY_DEVICE.sort,
    ...readPast(params),
  };
}

/** The address of a view; what is not narrowed is left out, so that a link stays short. */
export function fleetParams(question: FleetQuestion): URLSearchParams {
  const params = new URLSearchParams();
  if (question.q !== '') params.set('q', question.q);
  for (const facet of FLEET_FACETS) {
    for (const value of question.facets[facet]) params.append(facet, value ?? NOT_SAID);
  }
  if (question.room !== null) params.set('room', question.room);
  if (question.notification !== null) params.set('notification', question.notification);
  if (question.sort !== EVERY_DEVICE.sort) params.set('sort', question.sort);
  setPast(params, question);
  return params;
}

/** As readFleetQuestion, for rooms. */
export function readRoomsQuestion(params: URLSearchParams): RoomsQuestion {
  const sort = params.get('sort') ?? '';
  const condition = params.get('condition') ?? '';
  return {
    q: (params.get('q') ?? '').slice(0, MAX_QUERY_LENGTH),
    group: params.get('group') || null,
    status: [...new Set(params.getAll('status'))].filter(isState),
    label: [...new Set(params.getAll('label').filter((value) => value !== ''))],
    condition: (ROOM_CONDITIONS as readonly string[]).includes(condition)
      ? (condition as RoomCondition)
      : null,
    sort: ROOM_ORDERS.has(sort) ? (sort as RoomSort) : EVERY_ROOM.sort,
    ...readPast(params),
  };
}

/** As fleetParams, for rooms. */
export function roomsParams(question: RoomsQuestion): URLSearchParams {
  const params = new URLSearchParams();
  if (question.q !== '') params.set('q', question.q);
  if (question.group !== null) params.set('group', question.group);
  for (const value of question.status) params.append('status', value);
  for (const value of question.label) params.append('label', value);
  if (question.condition !== null) params.set('condition', question.condition);
  if (question.sort !== EVERY_ROOM.sort) params.set('sort', question.sort);
  setPast(params, question);
  return params;
}

/** A moment in ISO 8601 with its zone, or a date, which begins in UTC; null for anything else. */
export function readMoment(text: string | null): number | null {
  if (text === null || !MOMENT.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

const MOMENT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** The moments in an address; nothing for now. */
export function pastParams({ at, against }: PastQuestion): URLSearchParams {
  const params = new URLSearchParams();
  if (at === null) return params;
  params.set('at', new Date(at).toISOString());
  if (against !== null) params.set('against', new Date(against).toISOString());
  return params;
}

/** A second moment alone says nothing. */
export function readPast(params: URLSearchParams): PastQuestion {
  const at = readMoment(params.get('at'));
  return { at, against: at === null ? null : readMoment(params.get('against')) };
}

function setPast(params: URLSearchParams, past: PastQuestion): void {
  for (const [name, value] of pastParams(past)) params.set(name, value);
}

/** Whether a value of the issue filter is a code, none, or a group of codes. */
export const isIssueFilter = (value: string | null): boolean =>
  value === null || isIssueCode(value) || isIssueGroup(value);

function isState(value: string | null): value is ListedStatus {
  return (LISTED_STATUSES as readonly (string | null)[]).includes(value);
}
