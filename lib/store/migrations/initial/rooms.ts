import type { Kysely } from 'kysely';
import { bytewiseText, notNull, primaryKey } from './columns.ts';

export async function createRoomTables(db: Kysely<unknown>): Promise<void> {
  await createRooms(db);
  await createRoomGroups(db);
}

async function createRooms(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('rooms')
    .addColumn('id', bytewiseText(db), primaryKey)
    .addColumn('union_id', 'text')
    .addColumn('name', 'text')
    .addColumn('capacity', 'double precision')
    .addColumn('location', 'text', notNull)
    .addColumn('labels', 'text', notNull)
    .addColumn('group_id', 'text')
    .addColumn('booking_right', 'text', notNull)
    .addColumn('description', 'text')
    .addColumn('external_id', 'text')
    .addColumn('device_union_ids', 'text')
    .addColumn('unknown_fields', 'text', notNull)
    .addColumn('first_seen_at', 'bigint', notNull)
    .addColumn('observed_at', 'bigint', notNull)
    .addColumn('detail_at', 'bigint')
    .addColumn('removed_at', 'bigint')
    .addColumn('listed_by', 'text', notNull)
    .execute();
}

async function createRoomGroups(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('room_groups')
    .addColumn('id', bytewiseText(db), primaryKey)
    .addColumn('name', 'text')
    .addColumn('parent_id', 'text')
    .execute();
}
