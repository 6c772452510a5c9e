import { z } from 'zod';
import { moment } from '#lib/api/history/moment.ts';
import { isNotificationName } from '#lib/domain/alerts/alert.ts';
import { FLEET_STATES } from '#lib/domain/inventory/fleet.ts';
import {
  FLEET_FACETS,
  FLEET_SORTS,
  type FleetFacet,
  type FleetSort,
  NOT_SAID,
} from '#lib/domain/inventory/fleet-answer.ts';
import {
  EVERY_DEVICE,
  EVERY_ROOM,
  MAX_QUERY_LENGTH,
  type PastQuestion,
} from '#lib/domain/inventory/fleet-filter.ts';
import { ISSUE_CODES } from '#lib/domain/issues/issue.ts';
import { ROOM_CONDITIONS, ROOM_SORTS, type RoomSort } from '#lib/domain/rooms/rooms-answer.ts';

const MOST_VALUES = 200;
const MOST_ROWS = 200;
const ROWS = 50;

/** A parameter that may be repeated; its values are alternatives. */
const several = <T extends z.ZodType<string>>(value: T) =>
  z.union([value.transform((one) => [one]), z.array(value).max(MOST_VALUES)]).default([]);

const text = z.string().max(512);
const turnable = <T extends string>(names: readonly T[]) =>
  z.enum(names.flatMap((name): (T | `-${T}`)[] => [name, `-${name}`]) as [T, ...(T | `-${T}`)[]]);

const paging = {
  cursor: z.string().max(2_048).nullable().default(null),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(ROWS),
};

/** The moment a list is of, and the one it is compared with. */
const past = { at: moment.optional(), against: moment.optional() };

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
  q: z.string().max(MAX_QUERY_LENGTH).default(''),
  status: several(z.enum(FLEET_STATES)),
  model: several(text),
  firmware: several(text),
  software: several(text),
  network: several(text),
  group: several(text),
  issue: several(z.enum([...ISSUE_CODES, NOT_SAID])),
  room: text.nullable().default(null),
  notification: z.string().refine(isNotificationName).nullable().default(null),
  sort: turnable(FLEET_SORTS).default(EVERY_DEVICE.sort as 'name'),
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
    q: z.string().max(MAX_QUERY_LENGTH).default(''),
    group: text.nullable().default(null),
    status: several(z.enum(FLEET_STATES)),
    label: several(text),
    condition: z.enum(ROOM_CONDITIONS).nullable().default(null),
    sort: turnable(ROOM_SORTS).default(EVERY_ROOM.sort as 'name'),
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
  .strictObject({ device: text.nullable().default(null), type: text.nullable().default(null), ...paging })
  .transform(({ device, type, ...page }) => ({
    filter: { deviceId: device || null, type: type || null },
    page,
  }));

/** A text to search in, of any length that a ticket has. */
export const searchQuestion = z.strictObject({ q: z.string().max(MAX_QUERY_LENGTH) });

/** The same in a body. `bySecret` asks for the device whose cast code or SIP account the text is, and for nothing else. */
export const searchText = searchQuestion.extend({ bySecret: z.boolean().default(false) });

const OWN_VIEW = /^\/(?:devices|rooms)(?:\?[^\s#\\]*)?$/;

/** A view to be kept under a name. Only addresses of our own lists can be kept. */
export const viewToSave = z.strictObject({
  name: z.string().trim().min(1).max(80),
  path: z.string().max(2_048).regex(OWN_VIEW),
});

/** Something to be kept at hand. */
export const pinQuestion = z.strictObject({
  kind: z.enum(['device', 'room']),
  key: z.string().min(1).max(256),
});
