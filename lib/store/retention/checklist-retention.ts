import type { Engine } from '#lib/store/engine/engine.ts';

/** Lets some of what people in rooms said before `cut` go; answers how many. */
export async function deleteOldChecklistAnswers(
  db: Engine['db'],
  cut: number,
  most: number,
): Promise<number> {
  const old = db.selectFrom('checklist_answers').select('at').where('at', '<', cut).orderBy('at').limit(most);
  const until = (await old.execute()).at(-1)?.at;
  if (until === undefined) return 0;
  const removed = await db.deleteFrom('checklist_answers').where('at', '<=', until).executeTakeFirst();
  return Number(removed.numDeletedRows);
}
