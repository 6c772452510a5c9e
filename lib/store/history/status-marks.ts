import type { Selectable, Transaction } from 'kysely';
import type { StatusMark } from '#lib/domain/history/status-mark.ts';
import type { Tables } from '#lib/store/schema.ts';

/** Keeps that a device was in a state at a moment; the same fact again adds nothing. */
export async function addMark(trx: Transaction<Tables>, key: string, mark: StatusMark): Promise<void> {
  await trx
    .insertInto('status_marks')
    .values({ device_key: key, ...mark })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Since when nothing has said otherwise than that the device is in this state; `at` when nothing said so. */
export async function stateSince(trx: Transaction<Tables>, key: string, state: string, at: number) {
  const marks = trx.selectFrom('status_marks').select('at').where('device_key', '=', key).limit(1);
  const other = await marks.where('state', '!=', state).orderBy('at', 'desc').executeTakeFirst();
  const first = await marks
    .where('state', '=', state)
    .where('at', '>', other?.at ?? Number.MIN_SAFE_INTEGER)
    .orderBy('at')
    .executeTakeFirst();
  return first?.at ?? at;
}

/** A fact that came late may show that the state is older than it seemed. Answers whether it does. */
export async function refreshSince(trx: Transaction<Tables>, row: Selectable<Tables['devices']>) {
  if (row.state_since === null) return false;
  const since = await stateSince(trx, row.key, row.state, row.state_since);
  if (since === row.state_since) return false;
  await trx.updateTable('devices').set({ state_since: since }).where('key', '=', row.key).execute();
  return true;
}
