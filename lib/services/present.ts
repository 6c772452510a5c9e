import type { AnswerSource, DeviceAnswer } from '#lib/domain/answer.ts';
import { conceal } from '#lib/domain/conceal.ts';
import { can, type Operator } from '#lib/domain/operator.ts';
import type { Problem } from '#lib/domain/problem.ts';
import type { Reading } from '#lib/domain/reading.ts';
import type { ServiceContext } from './context.ts';

/** A reading as one person may see it, with its age at this moment. */
export async function present(
  context: Pick<ServiceContext, 'clock' | 'budget'>,
  operator: Operator,
  reading: Reading,
  source: AnswerSource,
  notice?: Problem,
): Promise<DeviceAnswer> {
  const mayAsk = can(operator.role, 'ask-live');
  const callsLeft = mayAsk ? await context.budget.callsLeft().catch(() => null) : null;
  return {
    device: conceal(reading.device, operator.role),
    observedAt: new Date(reading.observedAt).toISOString(),
    // The wall clock may have stepped back since; an age is never negative.
    ageMs: Math.max(0, context.clock.now() - reading.observedAt),
    source,
    ...(notice ? { notice } : {}),
    callsLeft,
    findings: [],
  };
}
