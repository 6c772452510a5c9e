/** Who may book a room. It says nothing about the room's health. `unknown` keeps the raw number. */
export type BookingRight = { who: 'everyone' | 'admins' | 'some' | 'unknown'; raw: number | null };

/** A branch of the organisation's tree of rooms. `parentId` is null at the top. */
export type RoomGroup = { id: string; name: string | null; parentId: string | null };

/** What stands in a room, as somebody labelled it. */
export type RoomLabel = { id: string | null; name: string | null };

/** A meeting room as DingTalk described it. What it did not say is null; what is new to us is in `unknownFields`. */
export type Room = {
  id: string;
  unionId: string | null;
  name: string | null;
  capacity: number | null;
  location: { title: string | null; description: string | null } | null;
  labels: RoomLabel[];
  groupId: string | null;
  bookingRight: BookingRight;
  description: string | null;
  /** The room's id in the organisation's own booking system. */
  externalId: string | null;
  /** Union ids of the devices in it; null when only the list was read, which does not say. */
  deviceUnionIds: string[] | null;
  unknownFields: Record<string, unknown>;
};

/** A room of the inventory. Times are milliseconds since the epoch. */
export type KnownRoom = Room & {
  firstSeenAt: number;
  /** When DingTalk last spoke of it. */
  observedAt: number;
  /** When its devices were last read; null when never. */
  detailAt: number | null;
  /** When it was first missed; null while it is there. Nothing is deleted. */
  removedAt: number | null;
};

/** The desk's own address of a room. */
export function roomPath(id: string): `/rooms/${string}` {
  return `/rooms/${encodeURIComponent(id)}`;
}
