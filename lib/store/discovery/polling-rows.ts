import type { Kysely } from 'kysely';
import { CHECK_AFTER_MS } from '#lib/domain/discovery/polling-schedule.ts';
import type { FleetDevice } from '#lib/domain/inventory/fleet.ts';
import { CHECK_REASONS, type CheckReason } from '#lib/domain/inventory/fleet.ts';
import { withControllers } from '#lib/store/inventory/fleet-rows.ts';
import type { Tables } from '#lib/store/schema.ts';

type Db = Kysely<Tables>;

/** What was never read waits no better than what is offline. */
const LEAST_PATIENCE_MS = 30 * 60 * 1000;

const patience = (reason: CheckReason) => Math.max(LEAST_PATIENCE_MS, CHECK_AFTER_MS[reason]);

/** See InventoryStore. Each reason has a queue of its own in the index; the heads of these are compared. */
export async function dueChecks(db: Db, now: number, limit: number): Promise<FleetDevice[]> {
  const queues = await Promise.all(
    CHECK_REASONS.map(async (reason) => {
      const rows = await db
        .selectFrom('devices')
        .selectAll()
        .where('next_check_reason', '=', reason)
        .where('next_check_at', '<=', now)
        .where('removed_at', 'is', null)
        .orderBy('next_check_at')
        .orderBy('key')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ row, waited: (now - (row.next_check_at ?? now)) / patience(reason) }));
    }),
  );
  const due = queues.flat().sort((a, b) => b.waited - a.waited);
  return withControllers(
    db,
    due.slice(0, limit).map(({ row }) => row),
  );
}

/** See InventoryStore. */
export async function upcomingChecks(db: Db, now: number, limit: number): Promise<FleetDevice[]> {
  const rows = await db
    .selectFrom('devices')
    .selectAll()
    .where('next_check_at', '>', now)
    .where('removed_at', 'is', null)
    .orderBy('next_check_at')
    .orderBy('key')
    .limit(limit)
    .execute();
  return withControllers(db, rows);
}

/** See InventoryStore. */
export async function checkQueue(db: Db, now: number): Promise<{ due: number; nextAt: number | null }> {
  const here = db.selectFrom('devices').where('removed_at', 'is', null);
  const { due } = await here
    .where('next_check_at', '<=', now)
    .select((each) => each.fn.countAll<number>().as('due'))
    .executeTakeFirstOrThrow();
  const next = await here
    .where('next_check_at', '>', now)
    .select('next_check_at')
    .orderBy('next_check_at')
    .limit(1)
    .executeTakeFirst();
  return { due, nextAt: next?.next_check_at ?? null };
}
