import type { Engine } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import { storable } from '#lib/store/engine/storable.ts';

/** Something a person keeps at hand: a device by its key or a room by its id. */
export type Pin = { kind: 'device' | 'room'; key: string; at: number };

/** A view that a person named: an own path with its query, such as `/devices?status=offline`. */
export type SavedView = { id: string; name: string; path: string; at: number };

/** What belongs to one person, by their subject. Times are milliseconds since the epoch. */
export type PersonalStore = {
  pins(subject: string): Promise<Pin[]>;
  pin(subject: string, pin: Pin): Promise<void>;
  unpin(subject: string, pin: Pick<Pin, 'kind' | 'key'>): Promise<void>;
  /** In the order of their names. */
  savedViews(subject: string): Promise<SavedView[]>;
  /** A view of the same name is replaced. */
  saveView(subject: string, view: SavedView): Promise<void>;
  removeView(subject: string, id: string): Promise<void>;
  /** Remembers that the person opened a device. */
  recordVisit(subject: string, deviceKey: string, at: number): Promise<void>;
  /** Keys of the devices the person opened last, newest first. */
  visits(subject: string, limit: number): Promise<string[]>;
};

type Db = Engine['db'];

/** A person sees a few; the rest would only be their history, which nobody asked us to keep. */
const KEPT_VISITS = 50;

/** Names as people sort them, Chinese ones by pinyin; the databases would each do it in their own way. */
const byName = new Intl.Collator('zh', { numeric: true });

/** Pins, views and visits in SQL. Nobody else's pages show them, so the feed and memory are left alone. */
export function personalStore({ db }: Engine): PersonalStore {
  return {
    pins: (subject) => pins(db, subject),
    async pin(subject, { kind, key, at }) {
      const row = { subject, kind, key: plainColumn(key), at };
      // A second pin keeps the place of the first.
      await db
        .insertInto('pins')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async unpin(subject, { kind, key }) {
      const same = db.deleteFrom('pins').where('subject', '=', subject).where('kind', '=', kind);
      await same.where('key', '=', plainColumn(key)).execute();
    },
    savedViews: (subject) => savedViews(db, subject),
    saveView: (subject, view) => saveView(db, subject, view),
    async removeView(subject, id) {
      await db.deleteFrom('saved_views').where('subject', '=', subject).where('id', '=', id).execute();
    },
    recordVisit: (subject, deviceKey, at) => recordVisit(db, subject, plainColumn(deviceKey), at),
    async visits(subject, limit) {
      const rows = await newestVisits(db, subject).limit(limit).execute();
      return rows.map((row) => row.device_key);
    },
  };
}

async function pins(db: Db, subject: string): Promise<Pin[]> {
  const rows = await db
    .selectFrom('pins')
    .select(['kind', 'key', 'at'])
    .where('subject', '=', subject)
    .orderBy('at')
    .execute();
  return rows as Pin[];
}

async function savedViews(db: Db, subject: string): Promise<SavedView[]> {
  const rows = await db
    .selectFrom('saved_views')
    .select(['id', 'name', 'path', 'at'])
    .where('subject', '=', subject)
    .execute();
  return rows.sort((one, other) => byName.compare(one.name, other.name));
}

async function saveView(db: Db, subject: string, { id, name, path, at }: SavedView): Promise<void> {
  const row = { subject, name: storable(name), id, path: storable(path), at };
  await db.transaction().execute(async (trx) => {
    // The same view under another name is a view renamed.
    await trx
      .deleteFrom('saved_views')
      .where('subject', '=', subject)
      .where('id', '=', id)
      .where('name', '!=', row.name)
      .execute();
    await trx
      .insertInto('saved_views')
      .values(row)
      .onConflict((conflict) => conflict.columns(['subject', 'name']).doUpdateSet(row))
      .execute();
  });
}

const newestVisits = (db: Db, subject: string) =>
  db
    .selectFrom('recents')
    .select('device_key')
    .where('subject', '=', subject)
    .orderBy('at', 'desc')
    .orderBy('device_key');

async function recordVisit(db: Db, subject: string, deviceKey: string, at: number): Promise<void> {
  await db
    .insertInto('recents')
    .values({ subject, device_key: deviceKey, at })
    .onConflict((conflict) =>
      conflict.columns(['subject', 'device_key']).doUpdateSet({ at }).where('recents.at', '<', at),
    )
    .execute();
  await db
    .deleteFrom('recents')
    .where('subject', '=', subject)
    .where('device_key', 'not in', newestVisits(db, subject).limit(KEPT_VISITS))
    .execute();
}
