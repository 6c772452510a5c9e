import { can, type Operator } from '#lib/domain/access/operator.ts';
import { monthAround } from '#lib/domain/budget/budget.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import {
  decideQuery,
  isFresh,
  type KnownFacts,
  type QueryDecision,
  type QueryFacts,
} from '#lib/domain/devices/query-decision.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import { AppError, type ErrorReason } from '#lib/domain/errors.ts';
import type { Question, ServiceContext } from '#lib/services/context.ts';
import { askingUnionId, type Known, visibleReading } from './device-access.ts';
import { vouchedSince } from './vouched-since.ts';

/** A decision with what it rests on. */
export type Decided = {
  known: Known;
  decision: QueryDecision;
  /** A reading from after this moment needs no query, milliseconds since the epoch. */
  notBefore: number;
};

/** Decides whether a query for a device goes to DingTalk, see `decideQuery`. Reads from the store only what may matter. */
export async function decide(
  context: ServiceContext,
  operator: Operator,
  { ref, insist }: Question,
): Promise<Decided> {
  const askedAt = context.clock.now();
  const notBefore = insist ? askedAt : askedAt - context.freshForMs;
  const known = await visibleReading(context, operator, ref);
  const unionId = askingUnionId(context, operator);
  const facts: QueryFacts = {
    ...factsOf(known, unionId),
    now: context.clock.now(),
    insist,
    mayAsk: can(operator.role, 'ask-live'),
    notBefore,
    vouched: false,
    shortage: null,
    absentAt: null,
    refusedAt: null,
  };
  const byAge = decideQuery(facts);
  if (insist || byAge.kind === 'answer') return { known, decision: byAge, notBefore };
  const [vouched, shortage, negative] = await Promise.all([
    known.reading !== null && isVouched(context, ref, known.reading),
    context.budget.shortage(),
    unionId === null ? { absentAt: null, refusedAt: null } : context.store.negativeAnswers(ref, unionId),
  ]);
  return { known, decision: decideQuery({ ...facts, vouched, shortage, ...negative }), notBefore };
}

/** The reading that arrived since the decision to query, so that the query is not needed any more; else null. */
export async function arrivedReading(
  context: ServiceContext,
  operator: Operator,
  ref: DeviceRef,
  notBefore: number,
): Promise<Reading | null> {
  const known = await visibleReading(context, operator, ref);
  const facts = factsOf(known, askingUnionId(context, operator));
  return isFresh(facts, { notBefore, now: context.clock.now(), mayAsk: true }) ? known.reading : null;
}

const factsOf = ({ reading, access }: Known, unionId: string | null): KnownFacts => ({
  observedAt: reading?.observedAt ?? null,
  isOwn: unionId !== null && reading?.operatorUnionId === unionId,
  access,
});

/**
 * Whether events vouch for what is known of a device: they came in without a break since its status was last seen, by a
 * reading or an event, DingTalk has pushes of the month left, and checks did not find that its events are silent.
 */
async function isVouched(context: ServiceContext, ref: DeviceRef, reading: Reading): Promise<boolean> {
  if (context.events.transport === 'off') return false;
  const { overrides } = await context.store.withOverrides(reading, ref);
  const statuses = overrides.filter(({ field }) => field === 'status').map(({ at }) => at);
  const seenAt = Math.max(reading.observedAt, ...statuses);
  if (seenAt > context.clock.now()) return false;
  const since = await vouchedSince(context);
  return since !== null && since <= seenAt;
}

/** Whether opening the page of a device makes no call now, so that its check need not be sooner either. */
export async function isSpared(context: ServiceContext, ref: DeviceRef): Promise<boolean> {
  if ((await context.budget.shortage()) !== null) return true;
  const reading = await context.store.latestReading(ref, { now: context.clock.now() });
  return reading !== null && isVouched(context, ref, reading);
}

/** The reason of a decision as an error, with the values that its text uses. */
export async function errorOf({ budget, clock }: ServiceContext, reason: ErrorReason): Promise<AppError> {
  if (!reason.startsWith('dingtalk-budget-spent.')) return new AppError(reason);
  const values = {
    left: String(await budget.callsLeft()),
    limit: String(budget.allowance.monthly),
    resetsAt: new Date(monthAround(clock.now()).to).toISOString(),
  };
  return new AppError(reason, { values });
}
