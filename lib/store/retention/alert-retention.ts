import type { Engine } from '#lib/store/engine/engine.ts';

/** Lets some of the deliveries go that were over before `cut`, and what was quiet before it; answers how many. */
export async function deleteOldAlerts(db: Engine['db'], cut: number, most: number): Promise<number> {
  const old = db
    .selectFrom('deliveries')
    .select('id')
    .where('state', '!=', 'waiting')
    .where('created_at', '<', cut)
    .limit(most);
  const removed = await db.deleteFrom('deliveries').where('id', 'in', old).executeTakeFirst();
  if (removed.numDeletedRows > 0n) return Number(removed.numDeletedRows);
  const silences = await db.deleteFrom('silences').where('ends_at', '<', cut).executeTakeFirst();
  return Number(silences.numDeletedRows);
}
