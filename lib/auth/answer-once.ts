import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { asAppError } from '#lib/domain/errors.ts';
import type { Arrival } from './arrival.ts';

/** Marks the state of a sign-in as used, over all instances; false when it was used before. */
export type SpendState = (state: string) => Promise<boolean>;

/**
 * Takes a provider's answer with `arrive` if its state is the one this browser was sent away with, and only once for each
 * state, so that one sign-in leads to one question to the provider. Otherwise the arrival is the refusal `state` or
 * `state-used`.
 */
export async function answerOnce(
  spend: SpendState,
  { returned, sent }: { returned: string | undefined; sent: string | undefined },
  arrive: () => Promise<Arrival>,
): Promise<Arrival> {
  if (!sent || !isSame(returned, sent)) return { refusal: 'state' };
  try {
    if (!(await spend(sent))) return { refusal: 'state-used' };
  } catch (error) {
    return { refusal: asAppError(error).reason };
  }
  return arrive();
}

function isSame(one: string | undefined, other: string): boolean {
  const [left, right] = [Buffer.from(one ?? ''), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
