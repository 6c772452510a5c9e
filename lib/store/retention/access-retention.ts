import type { Engine } from '#lib/store/engine/engine.ts';

type Db = Engine['db'];

/** Lets some of the sessions go that ended before `cut`; answers how many. */
export async function deleteOldSessions(db: Db, cut: number, most: number): Promise<number> {
  // By the latest moment at which it can have ended: by somebody or unused it was over before.
  const old = db
    .selectFrom('sessions')
    .select('id')
    .where('ends_at', '<', cut)
    .orderBy('ends_at')
    .limit(most);
  const removed = await db.deleteFrom('sessions').where('id', 'in', old).executeTakeFirst();
  if (removed.numDeletedRows > 0n) return Number(removed.numDeletedRows);
  const checks = await db.deleteFrom('person_checks').where('at', '<', cut).executeTakeFirst();
  return Number(checks.numDeletedRows);
}

/** Deletes counts of secret uses in windows that began before `cut`; answers how many. */
export async function deleteOldSecretUses(db: Db, cut: number): Promise<number> {
  const removed = await db.deleteFrom('secret_uses').where('window_start', '<', cut).executeTakeFirst();
  return Number(removed.numDeletedRows);
}

/**
 * Deletes some of the tokens that expired before `cut`; answers how many. A revoked one stays until then too: a restore
 * brings it back from an older backup, and only its row says that it was revoked.
 */
export async function deleteOldTokens(db: Db, cut: number, most: number): Promise<number> {
  const old = db.selectFrom('api_tokens').select('id').where('expires_at', '<', cut).limit(most);
  const removed = await db.deleteFrom('api_tokens').where('id', 'in', old).executeTakeFirst();
  return Number(removed.numDeletedRows);
}
