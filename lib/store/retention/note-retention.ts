import type { Engine } from '#lib/store/engine/engine.ts';

/** Lets some of the notes go that were taken away before `cut`; answers how many. */
export async function deleteOldNotes(db: Engine['db'], cut: number, most: number): Promise<number> {
  const old = db.selectFrom('notes').select('id').where('removed_at', '<', cut).limit(most);
  const removed = await db.deleteFrom('notes').where('id', 'in', old).executeTakeFirst();
  return Number(removed.numDeletedRows);
}
