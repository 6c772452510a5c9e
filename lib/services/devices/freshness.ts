import { can, type Operator } from '#lib/domain/access/operator.ts';
import { monthAround, monthOf } from '#lib/domain/budget/budget.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import {
  areEventsSilent,
  decideQuery,
  isFresh,
  isWatched,
  type KnownFacts,
  type QueryDecision,
  type QueryFacts,
} from '#lib/domain/devices/query-decision.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import { AppError, type ErrorReason } from '#lib/domain/errors.ts';
import type { Question, ServiceContext } from '#lib/services/context.ts';
import { type Known, nameOf } from './device-access.ts';

/** What an answer must be to spare a call. Moments are milliseconds since the epoch. */
type Wanted = {
  /** Nothing older will do. */
  notBefore: number;
  /** In whose name would be asked; null for somebody who may not ask. */
  name: string | null;
  now: number;
};

/** The reading that answers a question without a call by its age alone, or null. */
export function freshReading(known: Known, { notBefore, name, now }: Wanted): Reading | null {
  return isFresh(factsOf(known, name), { notBefore, now, mayAsk: name !== null }) ? known.reading : null;
}

const factsOf = ({ reading, stands }: Known, name: string | null): KnownFacts => ({
  observedAt: reading?.observedAt ?? null,
  isOwn: name !== null && reading?.operatorUnionId === name,
  standing: stands,
});

/** Decides by the one rule whether a question spends a call. What costs a look into the store is asked only if it matters. */
export async function decide(
  context: ServiceContext,
  operator: Operator,
  { ref, insist }: Question,
  known: Known,
): Promise<QueryDecision> {
  const now = context.clock.now();
  const name = nameOf(context, operator);
  const facts: QueryFacts = {
    ...factsOf(known, name),
    now,
    insist,
    mayAsk: can(operator.role, 'ask-live'),
    notBefore: insist ? now : now - context.freshForMs,
    vouched: false,
    shortage: null,
    absentAt: null,
    refusedAt: null,
  };
  const byAge = decideQuery(facts);
  if (insist || byAge.kind === 'answer') return byAge;
  const [vouched, shortage, negative] = await Promise.all([
    known.reading !== null && isVouched(context, ref, known.reading),
    context.budget.shortage(),
    name === null ? { absentAt: null, refusedAt: null } : context.store.negativeAnswers(ref, name),
  ]);
  return decideQuery({ ...facts, vouched, shortage, ...negative });
}

const TRUST_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Whether events vouch for what is known of a device: they came in without a break since its status was last seen, by a
 * reading or an event, DingTalk has pushes of the month left, and checks did not find that its events are silent.
 */
async function isVouched(
  { store, clock, events }: ServiceContext,
  ref: DeviceRef,
  reading: Reading,
): Promise<boolean> {
  if (events.transport === 'off') return false;
  const now = clock.now();
  const { overrides } = await store.withOverrides(reading, ref);
  const statuses = overrides.filter(({ field }) => field === 'status').map(({ at }) => at);
  const seenAt = Math.max(reading.observedAt, ...statuses);
  if (seenAt > now || !isWatched(await store.watches(seenAt, now), seenAt, now)) return false;
  const [pushes, trust] = await Promise.all([store.pushes(monthOf(now)), store.pushTrust(now - TRUST_MS)]);
  return pushes.total < events.monthly && !areEventsSilent(trust);
}

/** Whether opening the page of a device costs nothing now, so that it need not be checked sooner either. */
export async function isSpared(context: ServiceContext, ref: DeviceRef): Promise<boolean> {
  if ((await context.budget.shortage()) !== null) return true;
  const reading = await context.store.latestReading(ref, { now: context.clock.now() });
  return reading !== null && isVouched(context, ref, reading);
}

/** A decision's reason as an error, with the values that its words use. */
export async function errorOf({ budget, clock }: ServiceContext, reason: ErrorReason): Promise<AppError> {
  if (!reason.startsWith('dingtalk-budget-spent.')) return new AppError(reason);
  const values = {
    left: String(await budget.callsLeft()),
    limit: String(budget.allowance.monthly),
    resetsAt: new Date(monthAround(clock.now()).to).toISOString(),
  };
  return new AppError(reason, { values });
}
