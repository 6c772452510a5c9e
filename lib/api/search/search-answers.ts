import { z } from 'zod';
import { fleetRow } from '#lib/api/inventory/fleet-answers.ts';
import { roomRow } from '#lib/api/rooms/room-answers.ts';
import { count, text, time } from '#lib/api/values.ts';
import { IDENTIFIER_KINDS } from '#lib/domain/search/identifier-kind.ts';

const match = z.strictObject({
  kind: z.enum(['device', 'room']),
  id: z.string().describe('A device ID, union ID or room ID.'),
  label: z.string(),
  path: z.string().describe('The page in Rooms Desk.'),
  why: z.strictObject({
    by: z.enum([...IDENTIFIER_KINDS, 'name', 'room-name', 'room-id', 'link']),
    text: z.string().describe('The piece of the text that it was found by.'),
    exact: z.boolean(),
    controller: text.describe('Set where a controller of the device has the identifier.'),
  }),
  device: fleetRow.nullable(),
  room: roomRow.nullable(),
});

export type SearchMatch = z.infer<typeof match>;

/** Why something was found. */
export type MatchReason = SearchMatch['why'];

/** What a text may mean. */
export const searchAnswer = z
  .strictObject({
    matches: z.array(match).describe('Best match first.'),
    unknownIds: z
      .array(z.strictObject({ by: z.enum(['deviceId', 'unionId']), id: z.string() }))
      .describe('IDs in the text that only DingTalk may know; empty for viewers.'),
    callsLeft: count.nullable().describe('Calls left this month.'),
    looked: count.describe('How many identifiers and names were recognized in the text.'),
  })
  .meta({ id: 'SearchResult' });

export type SearchAnswer = z.infer<typeof searchAnswer>;

/** A saved view of a list. */
export const savedView = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    path: z.string().describe('Path of the page with its filters.'),
    at: time,
  })
  .meta({ id: 'SavedView' });

export type SavedView = z.infer<typeof savedView>;

/** Pins, recently viewed devices and saved views of a person. */
export const pinsAndRecents = z
  .strictObject({
    devices: z.array(fleetRow).describe('Pinned devices.'),
    rooms: z.array(roomRow).describe('Pinned rooms.'),
    visited: z.array(fleetRow).describe('Recently viewed devices.'),
    views: z.array(savedView),
  })
  .meta({ id: 'PinsAndRecents' });

export type PinsAndRecents = z.infer<typeof pinsAndRecents>;
