import type { Selectable, Transaction } from 'kysely';
import type { NewerReading } from './device-rows.ts';
import type { Tables } from './schema.ts';

/**
 * Two readings in one state belong to one span when they are at most this far apart: a watched device is read more
 * often, and over a longer silence nobody can say that it stayed so.
 */
export const SPAN_REACH_MS = 15 * 60 * 1000;

/** Extends the device's newest status span or begins another; answers the columns that tell of its state. */
export async function recordState(
  trx: Transaction<Tables>,
  before: Selectable<Tables['devices']>,
  { key, device, reading }: NewerReading,
) {
  const { observedAt: at, source } = reading;
  const { state } = device.status;
  // Whoever was gone in between begins anew, also in the state of before.
  const goesOn = before.observed_at !== null && before.state === state && before.gone_at === null;
  const span = { device_key: key, ended_at: at, state, source };
  if (goesOn && before.span_since !== null && at - (before.observed_at ?? at) <= SPAN_REACH_MS) {
    await trx
      .updateTable('status_spans')
      .set({ ended_at: at })
      .where('device_key', '=', key)
      .where('began_at', '=', before.span_since)
      .execute();
    return { state, state_since: before.state_since, span_since: before.span_since };
  }
  await trx
    .insertInto('status_spans')
    .values({ ...span, began_at: at })
    // Two readings of one moment: the one that came last counts.
    .onConflict((conflict) => conflict.columns(['device_key', 'began_at']).doUpdateSet(span))
    .execute();
  return { state, state_since: goesOn ? before.state_since : at, span_since: at };
}
