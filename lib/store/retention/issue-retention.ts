import type { Engine } from '#lib/store/engine/engine.ts';

/** Lets some of what ended before `cut` go; answers how much. What stands stays, however old it is. */
export async function deleteOldIssues(db: Engine['db'], cut: number, most: number): Promise<number> {
  const old = await db
    .selectFrom('issues')
    .select(['device_key', 'code', 'since'])
    .where('until', '<', cut)
    .limit(most)
    .execute();
  for (const row of old) {
    await db
      .deleteFrom('issues')
      .where((each) => each.and(row))
      .execute();
  }
  return old.length;
}
