import { type Fields, openFields } from '#lib/dingtalk/transport/fields.ts';
import type { BookingRight, Room, RoomGroup, RoomLabel } from '#lib/domain/rooms/room.ts';

/** Fields that DingTalk documents and nothing here uses; most of them come with the detail alone. */
const UNUSED = [
  ...['corpId', 'roomPicture', 'roomStaffId', 'enableCycleReservation', 'reservationAuthority'],
  ...['extensionConfig', 'approvalSwitch', 'approvalType'],
];

// The SDK's comment knows only 0 and 1 (DingTalk docs: check-meeting-room-details).
const WHO_BY_STATUS: ReadonlyMap<number | null, BookingRight['who']> = new Map<number, BookingRight['who']>([
  [0, 'everyone'],
  [1, 'admins'],
  [2, 'some'],
]);

/**
 * A row of the room list as a Room, or null when it has no id. What could not be read or is new to us is in
 * `unknownFields` under DingTalk's name, such as `roomLocation.<name>` and `roomLabels[<n>].<name>`.
 * (DingTalk docs: query the meeting room list)
 */
export function readListedRoom(source: Record<string, unknown>): Room | null {
  return readRoom(openFields(source), null);
}

/**
 * The `result` of the room detail as a Room, or null when it has no id. `unionIds` is its `deviceUnionIds`, each entry
 * of which is read or kept. (DingTalk docs: check-meeting-room-details)
 */
export function readDetailedRoom(source: Record<string, unknown>, unionIds: unknown[]): Room | null {
  const fields = openFields(source);
  fields.skip('deviceUnionIds');
  const entries = openFields(numbered('deviceUnionIds', unionIds));
  const read = unionIds.map((_, index) => entries.text(`deviceUnionIds[${index}]`));
  const room = readRoom(fields, [...new Set(read.filter((id) => id !== null))]);
  return room && { ...room, unknownFields: { ...room.unknownFields, ...entries.unknown() } };
}

/** A group of the tree of rooms, or null when it has no id. A parent of 0 is the top. (DingTalk docs: groupLists) */
export function readGroup(source: Record<string, unknown>): RoomGroup | null {
  const fields = openFields(source);
  const id = readGroupId(fields, 'groupId');
  return id === null
    ? null
    : { id, name: fields.text('groupName'), parentId: readGroupId(fields, 'parentId') };
}

function readRoom(fields: Fields, deviceUnionIds: string[] | null): Room | null {
  const id = fields.text('roomId');
  if (id === null) return null;
  for (const name of UNUSED) fields.skip(name);
  const location = openFields(fields.record('roomLocation') ?? {});
  const group = openFields(fields.record('roomGroup') ?? {});
  // The group list tells these two.
  group.skip('groupName');
  group.skip('parentId');
  const { labels, unknown } = readLabels(fields.list('roomLabels') ?? []);
  const room = {
    id,
    unionId: fields.text('roomUnionId'),
    name: fields.text('roomName'),
    capacity: readCapacity(fields),
    location: readLocation(location),
    labels,
    groupId: readGroupId(group, 'groupId'),
    bookingRight: readBookingRight(fields),
    description: fields.text('roomDescription'),
    externalId: fields.text('isvRoomId'),
    deviceUnionIds,
  };
  const nested = { ...within('roomLocation', location), ...within('roomGroup', group), ...unknown };
  return { ...room, unknownFields: { ...fields.unknown(), ...nested } };
}

function readCapacity(fields: Fields): number | null {
  const people = fields.number('roomCapacity');
  if (people === null || (Number.isSafeInteger(people) && people >= 0)) return people;
  fields.keep('roomCapacity');
  return null;
}

function readLocation(fields: Fields): Room['location'] {
  const location = { title: fields.text('title'), description: fields.text('desc') };
  return location.title === null && location.description === null ? null : location;
}

function readBookingRight(fields: Fields): BookingRight {
  const raw = fields.number('roomStatus');
  return { who: WHO_BY_STATUS.get(raw) ?? 'unknown', raw };
}

function readGroupId(fields: Fields, name: string): string | null {
  const id = fields.text(name);
  return id === '0' ? null : id;
}

function readLabels(entries: unknown[]): { labels: RoomLabel[]; unknown: Record<string, unknown> } {
  const all = openFields(numbered('roomLabels', entries));
  const read = entries.map((_, index) => {
    const path = `roomLabels[${index}]`;
    const fields = openFields(all.record(path) ?? {});
    const label = { id: fields.text('labelId'), name: fields.text('labelName') };
    return { label, odd: Object.entries(within(path, fields)) };
  });
  return {
    labels: read.map(({ label }) => label).filter(({ id, name }) => id !== null || name !== null),
    unknown: { ...all.unknown(), ...Object.fromEntries(read.flatMap(({ odd }) => odd)) },
  };
}

/** The entries of a list as fields of their own, so that an odd one is kept like any odd field. */
function numbered(name: string, entries: unknown[]): Record<string, unknown> {
  return Object.fromEntries(entries.map((entry, index) => [`${name}[${index}]`, entry]));
}

function within(path: string, fields: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields.unknown()).map(([name, value]) => [`${path}.${name}`, value]),
  );
}
