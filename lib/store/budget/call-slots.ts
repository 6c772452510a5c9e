import { sql } from 'kysely';
import type { Engine } from '#lib/store/engine/engine.ts';

/** When the next call of an API may start. */
export type CallSlotStore = {
  /**
   * Books the next place for a call of this API, one for all instances: places are at least a second divided by
   * `perSecond` apart. Answers the milliseconds to wait, or null without booking when that is more than `mostMs`.
   */
  takePlace(api: string, perSecond: number, mostMs: number): Promise<number | null>;
};

export function callSlotStore(engine: Engine): CallSlotStore {
  return {
    takePlace: (api, perSecond, mostMs) => takePlace(engine, api, 1000 / perSecond, mostMs),
  };
}

/** No queue is that long: a place further off was booked before the database's clock was set back. */
const FARTHEST_PLACE_MS = 10 * 60_000;

/** One statement, so that it is one step and one commit. */
async function takePlace({ db, nowMs }: Engine, api: string, stepMs: number, mostMs: number) {
  const now = sql<number>`cast(${nowMs} as double precision)`;
  const step = sql<number>`cast(${stepMs} as double precision)`;
  const most = sql<number>`cast(${Math.min(mostMs, FARTHEST_PLACE_MS)} as double precision)`;
  const farthest = sql<number>`cast(${FARTHEST_PLACE_MS + 1000} as double precision)`;
  const place = sql<number>`case when call_slots.next_at > ${now} and call_slots.next_at <= ${now} + ${farthest} then call_slots.next_at else ${now} end`;
  const booked = await db
    .insertInto('call_slots')
    .values({ api, next_at: sql<number>`${now} + ${step}` })
    .onConflict((conflict) =>
      conflict
        .column('api')
        .doUpdateSet({ next_at: sql<number>`${place} + ${step}` })
        .where(sql<boolean>`${place} - ${now} <= ${most}`),
    )
    .returning(sql<number>`next_at - ${step} - ${now}`.as('wait'))
    .executeTakeFirst();
  return booked ? Math.max(0, booked.wait) : null;
}
