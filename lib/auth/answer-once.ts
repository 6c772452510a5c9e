import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { asAppError } from '#lib/domain/errors.ts';
import type { Arrival } from './arrival.ts';

/** What stands before a provider is asked about what a browser brings. */
export type Gate = {
  /** Marks the state of a sign-in as used, over all instances; false when it was used before. */
  spendState(state: string): Promise<boolean>;
  /**
   * Counts a failed sign-in of the browser's address, until what it resolves to is called. Throws
   * too-many-questions.sign-ins.
   */
  askProvider(): Promise<() => Promise<void>>;
  /** Counts an answer that no sign-in waits for. Throws the same. */
  strayCallback(): Promise<void>;
};

/**
 * Takes a provider's answer with `arrive` if its state is the one this browser was sent away with, and only once for each
 * state, so that one sign-in leads to one question to the provider. Otherwise the arrival is the refusal `state` or
 * `state-used`. Throws too-many-questions.sign-ins.
 */
export async function answerOnce(
  gate: Gate,
  { returned, sent }: { returned: string | undefined; sent: string | undefined },
  arrive: () => Promise<Arrival>,
): Promise<Arrival> {
  if (!sent || !isSameState(returned, sent)) return { refusal: 'state' };
  let isFirst: boolean;
  try {
    isFirst = await gate.spendState(sent);
  } catch (error) {
    return { refusal: asAppError(error).reason };
  }
  if (isFirst) return askWithin(gate, arrive);
  await gate.strayCallback();
  return { refusal: 'state-used' };
}

/**
 * Asks a provider with `arrive` within the limits of sign-ins. Who signs in has not failed, and nor has a person whom the
 * provider could not answer about: an outage must not keep people out for longer than it lasts. Throws
 * too-many-questions.sign-ins.
 */
export async function askWithin(
  gate: Pick<Gate, 'askProvider'>,
  arrive: () => Promise<Arrival>,
): Promise<Arrival> {
  const noFailure = await gate.askProvider();
  const arrival = await arrive();
  if ('person' in arrival || OUTAGE.test(arrival.refusal)) await noFailure();
  return arrival;
}

const OUTAGE = /^(dingtalk-unreachable\.|dingtalk-throttled\.|oidc-unreachable$)/;

/** Compares two states in the same time wherever they differ. */
export function isSameState(one: string | undefined, other: string): boolean {
  const [left, right] = [Buffer.from(one ?? ''), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
