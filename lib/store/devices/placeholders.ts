import type { Kysely, Transaction } from 'kysely';
import { deviceKey } from '#lib/domain/inventory/fleet.ts';
import type { Room } from '#lib/domain/rooms/room.ts';
import { normalIdentifier } from '#lib/domain/search/identifier-kind.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';
import { OWN } from './identifier-rows.ts';
import { moveFacts } from './move-facts.ts';

/** A device that a room names and that never answered. `gone` when it was asked and DingTalk did not know it. */
export type Unread = { key: string; unionId: string; removed: boolean };

/** The key of a device that was found in a room and never answered. */
export const placeholderKey = (unionId: string): string => plainColumn(deviceKey(null, unionId));

/** Those of the union ids that belong to no device or panel that was ever read. */
export async function unreadOf(db: Kysely<Tables>, unionIds: string[]): Promise<Unread[]> {
  const read = new Set<string | null>();
  const removed = new Set<string>();
  for (const some of chunks(unionIds)) {
    const devices = await db
      .selectFrom('devices')
      .select(['key', 'union_id', 'asked_union_id', 'observed_at', 'removed_at'])
      .where((each) => each.or([each('union_id', 'in', some), each('asked_union_id', 'in', some)]))
      .execute();
    for (const row of devices) {
      if (row.observed_at !== null) read.add(row.union_id).add(row.asked_union_id);
      else if (row.removed_at !== null) removed.add(row.key);
    }
    const panels = await db
      .selectFrom('controllers')
      .select('union_id')
      .where('union_id', 'in', some)
      .execute();
    for (const row of panels) read.add(row.union_id);
  }
  return unionIds
    .filter((unionId) => !read.has(unionId))
    .map((unionId) => ({ unionId, key: placeholderKey(unionId) }))
    .map((each) => ({ ...each, removed: removed.has(each.key) }));
}

/** Gives each unread device a row that stands in the room, due to be looked at; one that has a row moves there. */
export async function keepPlaceholders(
  trx: Transaction<Tables>,
  room: Room,
  unread: Unread[],
  at: number,
): Promise<void> {
  const place = { room_id: plainColumn(room.id), room_name: plainColumn(room.name) };
  // In the order of keys, so that two rooms naming the same devices wait for each other instead of locking up.
  const inOrder = unread.toSorted((left, right) => (left.key < right.key ? -1 : 1));
  for (const some of chunks(inOrder)) {
    await trx
      .insertInto('devices')
      .values(some.map(({ key, unionId }) => ({ ...place, ...neverRead(at), key, union_id: unionId })))
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet(place).where('devices.observed_at', 'is', null),
      )
      .execute();
    await trx
      .insertInto('identifiers')
      .values(some.map(({ key, unionId }) => identifier(key, unionId)))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

const neverRead = (at: number) => ({
  kind: 'unknown',
  state: 'not-observed',
  first_seen_at: at,
  next_check_at: at,
  next_check_reason: 'never-read',
});

const identifier = (key: string, unionId: string) => ({
  device_key: key,
  position: OWN,
  kind: 'union-id',
  value: plainColumn(normalIdentifier('union-id', unionId)),
});

/** A name that a reading gives, and the key of the device or panel that bears it. */
export type Bearer = { unionId: string | null; key: string };

/**
 * Removes rows of devices under these names that never answered, except the one under `key`; what events told of them
 * is their bearer's. Answers which they were and when each was found.
 */
export async function absorbPlaceholders(
  trx: Transaction<Tables>,
  key: string,
  bearers: Bearer[],
): Promise<{ key: string; first_seen_at: number }[]> {
  const heirs = new Map<string, string>();
  for (const { unionId, key: heir } of bearers) {
    const name = unionId === null ? key : placeholderKey(unionId);
    // The documented sample gives a device and its panel one union id: the device is named first, and it is its.
    if (name !== key && !heirs.has(name)) heirs.set(name, heir);
  }
  const keys = [...heirs.keys()].sort();
  const absorbed: { key: string; first_seen_at: number }[] = [];
  for (const some of chunks(keys)) {
    const rows = await trx
      .deleteFrom('devices')
      .where('key', 'in', some)
      .where('observed_at', 'is', null)
      .returning(['key', 'first_seen_at'])
      .execute();
    absorbed.push(...rows);
  }
  for (const row of absorbed) {
    await moveFacts(trx, row.key, heirs.get(row.key) ?? key);
    await trx.deleteFrom('identifiers').where('device_key', '=', row.key).execute();
  }
  return absorbed;
}
