import { z } from 'zod';
import { difference, listedStatus, pastLists } from '#lib/api/history/history-answers.ts';
import { fleetRow, page, valueCount } from '#lib/api/inventory/fleet-answers.ts';
import { issue } from '#lib/api/issues/issue-answers.ts';
import { count, named, text, time } from '#lib/api/values.ts';
import { ROOM_CONDITIONS } from '#lib/domain/inventory/fleet-filter.ts';

const counts = {
  rooms: count,
  devices: count,
  states: z
    .partialRecord(listedStatus, count)
    .describe('Devices in each state; states without any are left out.'),
};

/** The tree of room groups. */
export const roomGroupsAnswer = z
  .strictObject({
    items: z.array(z.strictObject({ id: z.string(), name: text, parentId: text, ...counts })),
    all: z.strictObject(counts),
    ungrouped: z.strictObject(counts).describe('Rooms in no group.'),
  })
  .meta({ id: 'RoomGroups' });

export type RoomGroupsAnswer = z.infer<typeof roomGroupsAnswer>;
export type RoomGroupRow = RoomGroupsAnswer['items'][number];
export type StateCounts = RoomGroupRow['states'];

/** A room in a list, with its devices. */
export const roomRow = z
  .strictObject({
    id: z.string(),
    name: text,
    group: named.nullable(),
    path: z.array(z.string()).describe('Names of the groups from the top of the tree down to its own.'),
    capacity: z.number().nullable(),
    location: z.strictObject({ title: text, description: text }).nullable(),
    labels: z.array(z.strictObject({ id: text, name: text })),
    bookingRight: z.strictObject({
      who: z.enum(['everyone', 'admins', 'some', 'unknown']),
      raw: z.number().nullable(),
    }),
    state: listedStatus.nullable().describe('The most severe state of its devices; null without devices.'),
    devices: z.array(fleetRow),
    observedAt: time,
    detailAt: time.nullable().describe('When its devices were last read.'),
    removedAt: time.nullable().describe('When DingTalk stopped listing the room.'),
  })
  .meta({ id: 'RoomRow' });

export type RoomRow = z.infer<typeof roomRow>;

/** A page of rooms. */
export const roomsAnswer = z
  .strictObject({
    items: z.array(roomRow),
    ...page,
    known: count.describe('How many rooms are known; removed ones are not counted.'),
    devicesWithoutRoom: count,
    facets: z.strictObject({
      status: z.array(valueCount),
      label: z.array(valueCount),
      condition: z.array(z.strictObject({ value: z.enum(ROOM_CONDITIONS), count })),
    }),
    past: pastLists.optional().describe('Set on the first page of a snapshot.'),
  })
  .meta({ id: 'Rooms' });

export type RoomsAnswer = z.infer<typeof roomsAnswer>;

/** One room. */
export const roomAnswer = z
  .strictObject({
    room: roomRow.extend({
      ageMs: z.number().min(0).describe('Age of the data when the server answered.'),
      groupPath: z.array(named).describe('The groups from the top of the tree down to its own.'),
      description: text,
      externalId: text.describe('ID of the room in the booking system of the organization.'),
      issues: z.array(issue).describe('Issues of the room itself, most severe first; none in a snapshot.'),
      unknownFields: z
        .record(z.string(), z.unknown())
        .nullable()
        .describe('Fields that are new to Rooms Desk.'),
    }),
    past: pastLists
      .extend({ differs: z.array(difference) })
      .optional()
      .describe('Set in a snapshot.'),
  })
  .meta({ id: 'Room' });

export type RoomAnswer = z.infer<typeof roomAnswer>;
