import type { Kysely, Transaction } from 'kysely';
import type { Room, RoomGroup } from '#lib/domain/rooms/room.ts';
import { keepPlaceholders, unreadOf } from '#lib/store/devices/placeholders.ts';
import { addTasks, endTask, moveRun, toRun } from '#lib/store/discovery/discovery-rows.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import type { Engine, Writing } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';
import { write } from '#lib/store/write.ts';
import { keepDescribed, keepListed, listedRoom } from './room-rows.ts';

/** A page of the room list. `page` counts from 0. `at` and `detailBefore` are milliseconds since the epoch. */
type RoomPage = {
  page: number;
  rooms: Room[];
  nextToken: string | null;
  complete: boolean;
  at: number;
  detailBefore: number;
};

/** What discovery learns about rooms, each step with the progress of the run in one transaction, as in `DiscoveryStore`. */
export type RoomStore = {
  /** The groups as they are now; those that are missing are gone. With null only the step is done, the groups stay. */
  recordRoomGroups(runId: string, groups: RoomGroup[] | null, at: number): Promise<void>;
  /**
   * A page of the room list, the first one with `pages` 0 in the run. Rooms are kept and get a task, in a `full` run
   * all of them, else those whose devices were not read since `detailBefore`. `nextToken` is null on the last page;
   * then rooms that no page of this run named are gone, if all pages were `complete`. A page that was recorded before (its `page` is not the run's
   * next one) changes nothing.
   */
  recordRoomPage(runId: string, page: RoomPage): Promise<void>;
  /** A room with its devices: finishes its task; its devices get tasks, in a `full` run all, else those never read. */
  recordRoomDetail(runId: string, room: Room, at: number): Promise<void>;
  /** A room that DingTalk no longer knows: gone, its task done. */
  markRoomRemoved(runId: string, roomId: string, at: number): Promise<void>;
};

export function roomStore(engine: Engine): RoomStore {
  return {
    recordRoomGroups: (runId, groups, at) =>
      write(engine, (writing) => recordRoomGroups(writing, runId, groups, at)),
    recordRoomPage: (runId, page) => write(engine, (writing) => recordRoomPage(writing, runId, page)),
    recordRoomDetail: (runId, room, at) =>
      write(engine, (writing) => recordRoomDetail(writing, runId, room, at)),
    markRoomRemoved: (runId, roomId, at) =>
      write(engine, (writing) => markRoomRemoved(writing, runId, roomId, at)),
  };
}

async function recordRoomGroups(
  { trx, announce }: Writing,
  runId: string,
  groups: RoomGroup[] | null,
  at: number,
) {
  await trx
    .updateTable('discovery_runs')
    .set({ groups_read: 1, moved_at: at })
    .where('id', '=', runId)
    .execute();
  if (groups !== null) {
    await replaceGroups(trx, groups);
    announce({ at, kind: 'groups', key: null });
  }
  announce({ at, kind: 'service', key: null });
}

async function replaceGroups(trx: Transaction<Tables>, groups: RoomGroup[]): Promise<void> {
  const rows = groups.map((group) => ({
    id: plainColumn(group.id),
    name: plainColumn(group.name),
    parent_id: plainColumn(group.parentId),
  }));
  const distinct = [...new Map(rows.map((row) => [row.id, row])).values()];
  await trx.deleteFrom('room_groups').execute();
  for (const some of chunks(distinct)) await trx.insertInto('room_groups').values(some).execute();
}

async function recordRoomPage({ trx, announce }: Writing, runId: string, page: RoomPage): Promise<void> {
  const { at, nextToken } = page;
  const row = await trx
    .updateTable('discovery_runs')
    .set({ pages: page.page + 1, next_token: nextToken, list_read: nextToken === null ? 1 : 0, moved_at: at })
    .where('id', '=', runId)
    .where('pages', '=', page.page)
    .where('list_read', '=', 0)
    .returningAll()
    .executeTakeFirst();
  if (!row) return;
  const rows = new Map(page.rooms.map((room) => [plainColumn(room.id), listedRoom(room, runId, at)]));
  const ids = [...rows.keys()];
  await keepListed(trx, [...rows.values()]);
  const run = toRun(row);
  const asked = run.depth === 'full' ? ids : await notReadSince(trx, ids, page.detailBefore);
  await addTasks(trx, run, 'room', asked);
  const removed = nextToken === null && page.complete ? await missRooms(trx, runId, at) : [];
  for (const key of [...ids, ...removed]) announce({ at, kind: 'room', key });
  announce({ at, kind: 'service', key: null });
}

async function notReadSince(db: Kysely<Tables>, ids: string[], moment: number): Promise<string[]> {
  const stale = new Set<string>();
  for (const some of chunks(ids)) {
    const rows = await db
      .selectFrom('rooms')
      .select('id')
      .where('id', 'in', some)
      .where((each) => each.or([each('detail_at', 'is', null), each('detail_at', '<', moment)]))
      .execute();
    for (const { id } of rows) stale.add(id);
  }
  return ids.filter((id) => stale.has(id));
}

async function missRooms(trx: Transaction<Tables>, runId: string, at: number): Promise<string[]> {
  const rows = await trx
    .updateTable('rooms')
    .set({ removed_at: at })
    .where('removed_at', 'is', null)
    .where('listed_by', '!=', runId)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

async function recordRoomDetail({ trx, announce }: Writing, runId: string, room: Room, at: number) {
  const run = await moveRun(trx, runId, at);
  if (!run) return;
  await keepDescribed(trx, room, runId, at);
  await endTask(trx, runId, { kind: 'room', subject: room.id }, null);
  const names = [...new Set((room.deviceUnionIds ?? []).map(plainColumn))];
  const unread = await unreadOf(trx, names);
  await keepPlaceholders(trx, room, unread, at);
  const asked =
    run.depth === 'full' ? names : unread.filter((each) => !each.removed).map((each) => each.unionId);
  await addTasks(trx, run, 'device', asked);
  announce({ at, kind: 'room', key: plainColumn(room.id) });
  for (const { key } of unread) announce({ at, kind: 'device', key });
  announce({ at, kind: 'service', key: null });
}

async function markRoomRemoved({ trx, announce }: Writing, runId: string, roomId: string, at: number) {
  await moveRun(trx, runId, at);
  const key = plainColumn(roomId);
  const { numUpdatedRows } = await trx
    .updateTable('rooms')
    .set({ removed_at: at })
    .where('id', '=', key)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow();
  await endTask(trx, runId, { kind: 'room', subject: roomId }, null);
  if (numUpdatedRows > 0n) announce({ at, kind: 'room', key });
  announce({ at, kind: 'service', key: null });
}
