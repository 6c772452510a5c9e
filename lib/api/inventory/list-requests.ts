import { z } from 'zod';
import { moment } from '#lib/api/history/moment.ts';
import { isNotificationName } from '#lib/domain/alerts/alert.ts';
import { LISTED_STATUSES } from '#lib/domain/inventory/fleet.ts';
import {
  EVERY_DEVICE,
  EVERY_ROOM,
  FLEET_FACETS,
  FLEET_SORTS,
  type FleetFacet,
  type FleetSort,
  MAX_QUERY_LENGTH,
  MAX_VIEW_NAME,
  NOT_SAID,
  type PastQuestion,
  ROOM_CONDITIONS,
  ROOM_SORTS,
  type RoomSort,
} from '#lib/domain/inventory/fleet-filter.ts';
import { ISSUE_CODES, ISSUE_GROUPS } from '#lib/domain/issues/issue.ts';

const MOST_VALUES = 200;
const MOST_ROWS = 200;
const ROWS = 50;

/** A parameter that may be repeated; its values are alternatives. */
const several = <T extends z.ZodType<string>>(value: T) =>
  z.union([value.transform((one) => [one]), z.array(value).max(MOST_VALUES)]).default([]);

const text = z.string().max(512);
const turnable = <T extends string>(names: readonly T[]) =>
  z.enum(names.flatMap((name): (T | `-${T}`)[] => [name, `-${name}`]) as [T, ...(T | `-${T}`)[]]);

const CURSOR = 'The nextCursor of the page before; all other parameters stay the same.';

const paging = {
  cursor: z.string().max(2_048).nullable().default(null).describe(CURSOR),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(ROWS).describe('Rows per page.'),
};

/** The moment a list is of, and the one it is compared with. */
const past = {
  at: moment.optional().describe('Returns a snapshot: what was known at this time.'),
  against: moment.optional().describe('With a snapshot: the time it is compared with, now if missing.'),
};

const VALUES = '(none) matches "not reported"; repeated values are alternatives.';
const words = z.string().max(MAX_QUERY_LENGTH).default('');

/** A second moment alone is compared with nothing. */
const hasFirst = ({ at, against }: { at?: number | undefined; against?: number | undefined }) =>
  at !== undefined || against === undefined;
const REFUSED = { error: 'invalid-question.moment', path: ['against'] };

const asPast = ({
  at,
  against,
}: {
  at?: number | undefined;
  against?: number | undefined;
}): PastQuestion => ({
  at: at ?? null,
  against: against ?? null,
});

/** What names the past of one room, or of the tree of groups. */
export const pastQuestion = z.strictObject(past).refine(hasFirst, REFUSED).transform(asPast);

/** One room. */
export const roomQuestion = z
  .strictObject({ roomId: z.string().max(256), ...past })
  .refine(hasFirst, REFUSED)
  .transform(({ roomId, ...named }) => ({ roomId, past: asPast(named) }));

const fleetShape = {
  q: words.describe('Terms that must all occur in names, room or identifiers.'),
  status: several(z.enum(LISTED_STATUSES)).describe('Repeated values are alternatives.'),
  model: several(text).describe(`Model. ${VALUES}`),
  firmware: several(text).describe(`Firmware version. ${VALUES}`),
  software: several(text).describe(`Software version. ${VALUES}`),
  network: several(text).describe(`Type of network. ${VALUES}`),
  group: several(text).describe(`ID of a room group. ${VALUES}`),
  issue: several(z.enum([...ISSUE_CODES, ...ISSUE_GROUPS, NOT_SAID])).describe(
    'Issue codes, (any), or (critical), (warning) or (info) for the most severe one; repeated values are alternatives.',
  ),
  room: text.nullable().default(null).describe('A room ID, or (without) for devices in no room.'),
  notification: z
    .string()
    .refine(isNotificationName)
    .nullable()
    .default(null)
    .describe('The devices of one notification, as its link names it.'),
  sort: turnable(FLEET_SORTS)
    .default(EVERY_DEVICE.sort as 'name')
    .describe('With a leading minus sign descending.'),
  ...past,
};

const asFleetQuestion = ({
  q,
  room,
  notification,
  sort,
  at,
  against,
  ...chosen
}: z.output<z.ZodObject<typeof fleetShape>>) => {
  const facets = Object.fromEntries(
    FLEET_FACETS.map((facet) => [facet, chosen[facet].map((value) => (value === NOT_SAID ? null : value))]),
  ) as Record<FleetFacet, (string | null)[]>;
  return { q, room: room || null, notification, sort: sort as FleetSort, facets, ...asPast({ at, against }) };
};

/** A page of the fleet. A parameter that is unknown or holds what it cannot is refused, so that nobody trusts a filter that was not applied. */
export const fleetPage = z
  .strictObject({ ...fleetShape, ...paging })
  .refine(hasFirst, REFUSED)
  .transform(({ cursor, limit, ...question }) => ({
    question: asFleetQuestion(question),
    page: { cursor, limit },
  }));

/** The fleet whole, for an export. */
export const fleetWhole = z.strictObject(fleetShape).refine(hasFirst, REFUSED).transform(asFleetQuestion);

/** A page of the rooms. */
export const roomsPage = z
  .strictObject({
    q: words.describe('Terms that must all occur in the names of the room, its groups or its devices.'),
    group: text.nullable().default(null).describe('A group ID with all groups below it, or (without).'),
    status: several(z.enum(LISTED_STATUSES)).describe(
      'Status of a device in the room; repeated values are alternatives.',
    ),
    label: several(text).describe('Label of the room; repeated values are alternatives.'),
    condition: z
      .enum(ROOM_CONDITIONS)
      .nullable()
      .default(null)
      .describe('Rooms without a device, or removed rooms.'),
    sort: turnable(ROOM_SORTS)
      .default(EVERY_ROOM.sort as 'name')
      .describe('With a leading minus sign descending.'),
    ...past,
    ...paging,
  })
  .refine(hasFirst, REFUSED)
  .transform(({ cursor, limit, group, sort, at, against, ...question }) => ({
    question: { ...question, group: group || null, sort: sort as RoomSort, ...asPast({ at, against }) },
    page: { cursor, limit },
  }));

/** A page of what DingTalk sent. */
export const eventsPage = z
  .strictObject({
    device: text.nullable().default(null).describe('Device ID.'),
    type: text.nullable().default(null).describe('DingTalk’s name of the kind of event.'),
    ...paging,
  })
  .transform(({ device, type, ...page }) => ({
    filter: { deviceId: device || null, type: type || null },
    page,
  }));

/** A text to search in, of any length that a ticket has. */
export const searchQuestion = z.strictObject({
  q: z.string().max(MAX_QUERY_LENGTH).describe('A text with names or identifiers, for example a ticket.'),
});

/** The same in a body. `bySecret` asks for the device whose cast code or SIP account the text is, and for nothing else. */
export const searchText = searchQuestion.extend({
  bySecret: z
    .boolean()
    .default(false)
    .describe('Finds only the device whose cast code or SIP account is exactly this one word.'),
});

const OWN_VIEW = /^\/(?:devices|rooms)(?:\?[^\s#\\]*)?$/;

/** A view to be kept under a name. Only addresses of our own lists can be kept. */
export const viewToSave = z.strictObject({
  name: z.string().trim().min(1).max(MAX_VIEW_NAME),
  path: z.string().max(2_048).regex(OWN_VIEW).describe('For example /devices?status=offline.'),
});

/** A saved view by its ID. */
export const viewName = z.strictObject({ viewId: z.uuid() });

/** Something to be kept at hand. */
export const pinQuestion = z.strictObject({
  kind: z.enum(['device', 'room']).describe('What is pinned.'),
  key: z.string().min(1).max(256).describe('The key of a device row, or a room ID.'),
});
