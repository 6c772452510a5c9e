import type { Insertable, Selectable, Transaction } from 'kysely';
import type { BookingRight, KnownRoom, Room, RoomLabel } from '#lib/domain/rooms/room.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import { storable } from '#lib/store/engine/storable.ts';
import type { Tables } from '#lib/store/schema.ts';

type RoomRow = Insertable<Tables['rooms']>;

// Not cut like a device's: nothing else keeps it.
const kept = (text: string | null) => (text === null ? null : storable(text));

/** What a room list says, as a row that is new. `runId` is the run that read it. */
export function listedRoom(room: Room, runId: string, at: number): RoomRow {
  return {
    id: plainColumn(room.id),
    union_id: kept(room.unionId),
    name: kept(room.name),
    capacity: room.capacity,
    location: JSON.stringify(room.location),
    labels: JSON.stringify(room.labels),
    group_id: kept(room.groupId),
    booking_right: JSON.stringify(room.bookingRight),
    description: kept(room.description),
    external_id: kept(room.externalId),
    device_union_ids: room.deviceUnionIds && JSON.stringify(room.deviceUnionIds),
    unknown_fields: JSON.stringify(room.unknownFields),
    first_seen_at: at,
    observed_at: at,
    detail_at: null,
    removed_at: null,
    listed_by: runId,
  };
}

/** Adds rooms of the list or brings them up to date, without what only the room itself can say. */
export async function keepListed(trx: Transaction<Tables>, rows: RoomRow[]): Promise<void> {
  for (const some of chunks(rows)) {
    await trx
      .insertInto('rooms')
      .values(some)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((each) => ({
          name: each.ref('excluded.name'),
          capacity: each.ref('excluded.capacity'),
          location: each.ref('excluded.location'),
          labels: each.ref('excluded.labels'),
          group_id: each.ref('excluded.group_id'),
          booking_right: each.ref('excluded.booking_right'),
          external_id: each.ref('excluded.external_id'),
          observed_at: each.ref('excluded.observed_at'),
          listed_by: each.ref('excluded.listed_by'),
          removed_at: null,
          union_id: each.fn.coalesce('excluded.union_id', 'rooms.union_id'),
          description: each.fn.coalesce('excluded.description', 'rooms.description'),
          device_union_ids: each.fn.coalesce('excluded.device_union_ids', 'rooms.device_union_ids'),
          unknown_fields: each
            .case()
            .when('rooms.detail_at', 'is', null)
            .then(each.ref('excluded.unknown_fields'))
            .else(each.ref('rooms.unknown_fields'))
            .end(),
        })),
      )
      .execute();
  }
}

/** Adds a room as it describes itself, or brings it up to date whole. */
export async function keepDescribed(trx: Transaction<Tables>, room: Room, runId: string, at: number) {
  const row = { ...listedRoom(room, runId, at), detail_at: at };
  const { id, first_seen_at, ...said } = row;
  await trx
    .insertInto('rooms')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(said))
    .execute();
}

/** A row of `rooms` as the domain knows it. Rows are written by this file alone, so their JSON is trusted. */
export function toRoom(row: Selectable<Tables['rooms']>): KnownRoom {
  return {
    id: row.id,
    unionId: row.union_id,
    name: row.name,
    capacity: row.capacity,
    location: JSON.parse(row.location) as Room['location'],
    labels: JSON.parse(row.labels) as RoomLabel[],
    groupId: row.group_id,
    bookingRight: JSON.parse(row.booking_right) as BookingRight,
    description: row.description,
    externalId: row.external_id,
    deviceUnionIds: row.device_union_ids === null ? null : (JSON.parse(row.device_union_ids) as string[]),
    unknownFields: JSON.parse(row.unknown_fields) as Record<string, unknown>,
    firstSeenAt: row.first_seen_at,
    observedAt: row.observed_at,
    detailAt: row.detail_at,
    removedAt: row.removed_at,
  };
}
