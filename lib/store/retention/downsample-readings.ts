import { type Kysely, sql } from 'kysely';
import type { Device } from '#lib/domain/devices/device.ts';
import { placeOfReading } from '#lib/store/devices/observe.ts';
import { panelKey } from '#lib/store/events/event-overrides.ts';
import type { Tables } from '#lib/store/schema.ts';
import type { Vault } from '#lib/store/sealing/vault.ts';

const DAY_MS = 24 * 60 * 60_000;
/** An event may be received this long after, or by its sender's clock before, the moment it tells of. */
const EVENT_REACH_MS = DAY_MS;

type Row = {
  id: string;
  observed_at: number;
  operator_union_id: string;
  union_id: string | null;
  asked_union_id: string | null;
  device: string;
};

/**
 * Leaves a day's first and last reading and each between them that says something else than the one before, or was asked
 * in another way. What was known at any moment stays as it was, but for how old it is: by less than a day. Answers where
 * to go on, null when `until` is reached.
 */
export async function downsampleReadings(
  db: Kysely<Tables>,
  vault: Vault,
  key: string,
  { from, until }: { from: number; until: number },
  most: number,
): Promise<{ removed: number; goOnFrom: number | null }> {
  const sealed = await db
    .selectFrom('readings')
    .select(['id', 'observed_at', 'operator_union_id', 'union_id', 'asked_union_id', 'device'])
    .where('device_key', '=', key)
    .where('observed_at', '>=', from)
    .where('observed_at', '<', until)
    .orderBy('observed_at')
    .orderBy('id')
    .limit(most)
    .execute();
  // Two seals of one cast code differ. What no known key opens may say something else, so it stays as it is.
  const rows = sealed.map((row) => ({
    ...row,
    device:
      vault.stateOf.json(row.device) === 'foreign'
        ? row.device
        : JSON.stringify(vault.value(row.device, placeOfReading(row.id))),
  }));
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last || rows.length < 3) return { removed: 0, goOnFrom: null };
  const overrides = await toldMoments(db, key, rows);
  const ids = middles(rows, overrides);
  await remove(db, ids);
  const wasAll = rows.length < most;
  // From the last one that stayed: it may be the first of more that say the same.
  return { removed: ids.length, goOnFrom: wasAll ? null : Math.max(last.observed_at, first.observed_at + 1) };
}

/** Readings between two of the same day and kind that say nothing new, while no event told anything either. */
function middles(rows: Row[], overrides: number[]): string[] {
  const dropped: string[] = [];
  let kept = rows[0];
  rows.forEach((row, index) => {
    const next = rows[index + 1];
    const isMiddle =
      kept !== undefined &&
      kept !== row &&
      next !== undefined &&
      dayOf(kept) === dayOf(next) &&
      sameQuestion(kept, row) &&
      sameQuestion(row, next) &&
      kept.device === row.device &&
      !overrides.some(
        (at) => at > (kept?.observed_at ?? 0) - EVENT_REACH_MS && at < row.observed_at + EVENT_REACH_MS,
      );
    if (isMiddle) dropped.push(row.id);
    else kept = row;
  });
  return dropped;
}

const dayOf = ({ observed_at }: Row) => Math.floor(observed_at / DAY_MS);

const sameQuestion = (left: Row, right: Row) =>
  left.operator_union_id === right.operator_union_id &&
  left.union_id === right.union_id &&
  left.asked_union_id === right.asked_union_id;

/** When events about the device or its panels were received around these readings. */
async function toldMoments(db: Kysely<Tables>, key: string, rows: Row[]): Promise<number[]> {
  const keys = new Set([key]);
  for (const { device } of rows) {
    for (const panel of (JSON.parse(device) as Device).controllers) {
      const named = panelKey(panel);
      if (named !== null) keys.add(named);
    }
  }
  const found = await db
    .selectFrom('events')
    .select('received_at')
    .where('device_key', 'in', [...keys])
    .where('received_at', '>', (rows[0]?.observed_at ?? 0) - EVENT_REACH_MS)
    .where('received_at', '<', (rows.at(-1)?.observed_at ?? 0) + EVENT_REACH_MS)
    .where('overrides', 'is not', null)
    .execute();
  return found.map(({ received_at }) => received_at);
}

/**
 * Lets readings from before a moment go, at most so many; answers how many went. The newest of each way to ask for the
 * device stays: it says what is known, to whom, and what a union id means.
 */
export async function dropOldReadings(
  db: Kysely<Tables>,
  key: string,
  before: number,
  most: number,
): Promise<number> {
  const old = await db
    .selectFrom('readings as old')
    .select('id')
    .where('device_key', '=', key)
    .where('observed_at', '<', before)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('readings as newer')
          .select('newer.id')
          .whereRef('newer.device_key', '=', 'old.device_key')
          .whereRef('newer.operator_union_id', '=', 'old.operator_union_id')
          .whereRef('newer.observed_at', '>', 'old.observed_at')
          .where(sql<boolean>`newer.union_id is not distinct from old.union_id`)
          .where(sql<boolean>`newer.asked_union_id is not distinct from old.asked_union_id`),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('devices').select('key').whereRef('devices.reading_id', '=', 'old.id'))),
    )
    .limit(most)
    .execute();
  return remove(
    db,
    old.map(({ id }) => id),
  );
}

async function remove(db: Kysely<Tables>, ids: string[]): Promise<number> {
  if (ids.length > 0) await db.deleteFrom('readings').where('id', 'in', ids).execute();
  return ids.length;
}
