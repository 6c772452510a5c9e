import type { RetentionPart, RetentionPlace } from '#lib/domain/history/retention.ts';
import type { Engine } from '#lib/store/engine/engine.ts';

/** Rows that go in one transaction: a few milliseconds, in which SQLite keeps this process to itself. */
export const MOST_ROWS = 300;
/** Devices that are looked at in one step. */
export const MOST_DEVICES = 25;

export type Step = { removed: number; next: RetentionPlace | null };
export type Db = Engine['db'];

export type RetentionStep = (db: Db, place: RetentionPlace, now: number) => Promise<Step>;

/** Comes back until nothing went. */
export const goOn = (place: RetentionPlace, removed: number): Step => ({
  removed,
  next: removed > 0 ? place : null,
});

/** Where the first few hundred of these rows end, in the order of their moments; null when there are none. */
export async function endOfSome(old: {
  limit(rows: number): { execute(): Promise<{ at: number }[]> };
}): Promise<number | null> {
  const some = await old.limit(MOST_ROWS).execute();
  return some.at(-1)?.at ?? null;
}

export type DeviceTable = Extract<RetentionPart, 'readings' | 'status_marks' | 'device_alarms' | 'changes'>;

/** The next device that the table has rows of: one probe of its index, however many rows each has. */
export async function deviceAfter(db: Db, table: DeviceTable, after: string): Promise<string | null> {
  const row = await db
    .selectFrom(table)
    .select('device_key')
    .where('device_key', '>', after)
    .orderBy('device_key')
    .limit(1)
    .executeTakeFirst();
  return row?.device_key ?? null;
}

/** Tidies some devices one after another; comes back to one of which a few hundred rows went. */
export async function byDevice(
  db: Db,
  place: RetentionPlace,
  deleteOld: (key: string) => Promise<number>,
): Promise<Step> {
  let { after } = place;
  for (let seen = 0; seen < MOST_DEVICES; seen += 1) {
    const key = await deviceAfter(db, place.part as DeviceTable, after);
    if (key === null) return { removed: 0, next: null };
    const removed = await deleteOld(key);
    if (removed > 0) return { removed, next: { ...place, after } };
    after = key;
  }
  return { removed: 0, next: { ...place, after } };
}
