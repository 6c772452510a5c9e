import type { Delivery, DeliveryUpdate } from '#lib/domain/alerts/alert.ts';
import type { Outcome } from './outcome.ts';

/** A notification is tried no longer than this after it was due. */
export const TRIED_FOR_MS = 24 * 60 * 60_000;
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 60 * 60_000;

/**
 * What an attempt makes of a delivery: it is tried again later each time, with jitter so that not all come back at once,
 * for a day.
 * @param now when the attempt ended, milliseconds since the epoch
 */
export function backOff(
  { attempts, createdAt }: Pick<Delivery, 'attempts' | 'createdAt'>,
  { ok, answer, again, waitMs, fault }: Outcome,
  now: number,
  random: () => number = Math.random,
): DeliveryUpdate {
  const news = { attempts: attempts + 1, lastAt: now, answer, nextAt: null, fault: fault ?? null };
  if (ok) return { ...news, state: 'sent' };
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempts, 20), LONGEST_WAIT_MS);
  const nextAt = now + Math.max(waitMs ?? 0, Math.round(wait * (0.75 + random() * 0.5)));
  const isLast = !again || nextAt > createdAt + TRIED_FOR_MS;
  return isLast ? { ...news, state: 'failed' } : { ...news, state: 'waiting', nextAt };
}
