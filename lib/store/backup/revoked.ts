import type { Transaction } from 'kysely';
import type { AlertRule } from '#lib/domain/alerts/alert.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import type { Tables } from '#lib/store/schema.ts';

/** The tokens that a database knows to be revoked, with when. */
export async function revokedIn(
  trx: Transaction<Tables>,
): Promise<Pick<Tables['api_tokens'], 'id' | 'revoked_at'>[]> {
  return trx
    .selectFrom('api_tokens')
    .select(['id', 'revoked_at'])
    .where('revoked_at', 'is not', null)
    .execute();
}

/** Revokes them in what was restored: a backup from before does not open what was closed since. */
export async function stayRevoked(
  trx: Transaction<Tables>,
  revoked: Awaited<ReturnType<typeof revokedIn>>,
): Promise<void> {
  const at = new Map(revoked.map((token) => [token.id, token.revoked_at]));
  for (const ids of chunks([...at.keys()])) {
    const good = await trx
      .selectFrom('api_tokens')
      .select('id')
      .where('id', 'in', ids)
      .where('revoked_at', 'is', null)
      .execute();
    for (const { id } of good) {
      await trx
        .updateTable('api_tokens')
        .set({ revoked_at: at.get(id) ?? null })
        .where('id', '=', id)
        .execute();
    }
  }
}

/**
 * Revokes every token, switches every notification rule off and drops what waits to be sent: whoever wrote a file that nothing
 * vouches for may have put a token or a channel of theirs into it. An admin switches rules on again.
 */
export async function disarm(trx: Transaction<Tables>, at: number): Promise<void> {
  await trx.updateTable('api_tokens').set({ revoked_at: at }).where('revoked_at', 'is', null).execute();
  await trx.deleteFrom('deliveries').where('state', '=', 'waiting').execute();
  for (const { id, body } of await trx.selectFrom('alert_rules').select(['id', 'body']).execute()) {
    const rule = JSON.parse(body) as AlertRule;
    await trx
      .updateTable('alert_rules')
      .set({ body: JSON.stringify({ ...rule, on: false }) })
      .where('id', '=', id)
      .execute();
  }
}
