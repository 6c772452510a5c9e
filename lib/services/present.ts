import type { AnswerSource, DeviceAnswer } from '#lib/domain/answer.ts';
import { conceal } from '#lib/domain/conceal.ts';
import type { DeviceRef } from '#lib/domain/device-ref.ts';
import { can, type Operator } from '#lib/domain/operator.ts';
import type { Problem } from '#lib/domain/problem.ts';
import type { Reading } from '#lib/domain/reading.ts';
import type { ServiceContext } from './context.ts';

/** A reading as one person may see it, with its age at this moment. */
export async function present(
  context: Pick<ServiceContext, 'clock' | 'budget' | 'store'>,
  operator: Operator,
  ref: DeviceRef,
  reading: Reading,
  source: AnswerSource,
  notice?: Problem,
): Promise<DeviceAnswer> {
  const mayAsk = can(operator.role, 'ask-live');
  const callsLeft = mayAsk ? await context.budget.callsLeft().catch(() => null) : null;
  const { device, told } = await context.store.withTold(reading, ref);
  return {
    device: conceal(device, operator.role),
    observedAt: new Date(reading.observedAt).toISOString(),
    // The wall clock may have stepped back since; an age is never negative.
    ageMs: Math.max(0, context.clock.now() - reading.observedAt),
    source,
    told: told
      .toSorted((left, right) => right.at - left.at)
      .map(({ field, at }) => ({ field, at: new Date(at).toISOString() })),
    ...(notice ? { notice } : {}),
    callsLeft,
    findings: [],
  };
}
