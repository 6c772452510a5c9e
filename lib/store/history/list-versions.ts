import { type Kysely, sql } from 'kysely';
import type { FleetDevice } from '#lib/domain/inventory/fleet.ts';
import type { KnownRoom, RoomGroup } from '#lib/domain/rooms/room.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import type { Announcement } from '#lib/store/engine/feed.ts';
import { withControllers } from '#lib/store/inventory/fleet-rows.ts';
import { toRoom } from '#lib/store/rooms/room-rows.ts';
import type { Tables } from '#lib/store/schema.ts';

type Db = Kysely<Tables>;

/** What is kept in versions; groups are one thing under one key. */
export type VersionKind = 'device' | 'room' | 'groups';

/** The key of the tree of groups. */
export const ALL = 'all';

/** `body` as in the table; `at` is when it was so at the earliest. */
type Version = { key: string; at: number; body: string | null };

/** DingTalk speaks of every room each day: one of which nothing changed is kept anew after this. */
const SAME_ROOM_MS = 7 * 24 * 60 * 60_000;

/**
 * Keeps what lists show of all that was announced, where it is something else than before. In the transaction that changed
 * it, so that no moment is left out.
 */
export async function keepVersions(trx: Db, announced: Announcement[]): Promise<void> {
  const at = Math.max(...announced.map((entry) => entry.at));
  const keysOf = (kind: string) => [
    ...new Set(announced.filter((entry) => entry.kind === kind).map(({ key }) => key ?? '')),
  ];
  for (const keys of chunks(keysOf('device'))) {
    const rows = await trx.selectFrom('devices').selectAll().where('key', 'in', keys).execute();
    const shown = new Map((await withControllers(trx, rows)).map((device) => [device.key, device]));
    await keepChanged(
      trx,
      'device',
      keys.map((key) => ({ key, at, body: bodyOfDevice(shown.get(key)) })),
    );
  }
  for (const keys of chunks(keysOf('room'))) {
    const rows = await trx.selectFrom('rooms').selectAll().where('id', 'in', keys).execute();
    const shown = new Map(rows.map((row) => [row.id, toRoom(row)]));
    await keepChanged(
      trx,
      'room',
      keys.map((key) => ({ key, at, body: bodyOfRoom(shown.get(key)) })),
    );
  }
  if (keysOf('groups').length > 0) {
    await keepChanged(trx, 'groups', [{ key: ALL, at, body: JSON.stringify(await groupsNow(trx)) }]);
  }
}

/** The last versions of these until a moment; those that were in no list then are left out. */
export async function versionsAt(db: Db, kind: VersionKind, keys: string[], at: number): Promise<Version[]> {
  const found: Version[] = [];
  for (const some of chunks(keys)) {
    const { rows } = await sql<Version>`
      with asked(key) as (values ${sql.join(some.map((key) => sql`(${key})`))})
      select v.key as key, v.at as at, v.body as body from asked join list_versions v on v.kind = ${kind} and v.key = asked.key
        and v.at = (select max(w.at) from list_versions w where w.kind = ${kind} and w.key = asked.key and w.at <= ${at})`.execute(
      db,
    );
    found.push(...rows);
  }
  return found.sort((left, right) => (left.key < right.key ? -1 : 1));
}

/** The next keys of which there are versions: one probe of the index each, however many versions there are. */
export async function versionedKeys(db: Db, kind: VersionKind, after: string, limit: number) {
  const { rows } = await sql<{ key: string }>`
    with recursive each_key(key) as (
      select min(key) from list_versions where kind = ${kind} and key > ${after}
      union all
      select (select min(v.key) from list_versions v where v.kind = ${kind} and v.key > each_key.key)
      from each_key where each_key.key is not null
    )
    select key from each_key where key is not null limit ${limit}`.execute(db);
  return rows.map(({ key }) => key);
}

const bodyOfDevice = (device: FleetDevice | undefined) =>
  // When the desk means to look is no knowledge of the device.
  device ? JSON.stringify({ ...device, nextCheck: null }) : null;

const bodyOfRoom = (room: KnownRoom | undefined) => (room ? JSON.stringify(room) : null);

async function groupsNow(db: Db): Promise<RoomGroup[]> {
  const rows = await db.selectFrom('room_groups').selectAll().orderBy('id').execute();
  return rows.map(({ id, name, parent_id }) => ({ id, name, parentId: parent_id }));
}

async function keepChanged(trx: Db, kind: VersionKind, versions: Version[]): Promise<void> {
  const keys = versions.map(({ key }) => key);
  const before = new Map(
    (await versionsAt(trx, kind, keys, Number.MAX_SAFE_INTEGER)).map((version) => [version.key, version]),
  );
  const news = versions.filter((version) => isNews(kind, before.get(version.key), version));
  // A clock that was set back does not put what is known now before what was known then.
  await insert(
    trx,
    kind,
    news.map((version) => ({ ...version, at: Math.max(version.at, before.get(version.key)?.at ?? 0) })),
  );
}

function isNews(kind: VersionKind, before: Version | undefined, now: Version): boolean {
  if (before === undefined) return now.body !== null;
  if (before.body === now.body) return false;
  if (kind !== 'room' || before.body === null || now.body === null) return true;
  return now.at - before.at >= SAME_ROOM_MS || withoutMoments(before.body) !== withoutMoments(now.body);
}

function withoutMoments(body: string): string {
  const { observedAt, detailAt, ...said } = JSON.parse(body) as KnownRoom;
  return JSON.stringify(said);
}

async function insert(db: Db, kind: VersionKind, versions: Version[]): Promise<void> {
  for (const some of chunks(versions)) {
    await db
      .insertInto('list_versions')
      .values(some.map((version) => ({ kind, ...version })))
      .onConflict((conflict) =>
        conflict.columns(['kind', 'key', 'at']).doUpdateSet({ body: (each) => each.ref('excluded.body') }),
      )
      .execute();
  }
}
