import type { AnswerSource, DeviceAnswer } from '#lib/api/devices/device-answers.ts';
import type { Caller } from '#lib/domain/access/access.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import { type AppError, asAppError, type ErrorReason } from '#lib/domain/errors.ts';
import type { Explain, Question, ServiceContext } from '#lib/services/context.ts';
import { askLive } from './ask-live.ts';
import { type AccessState, visibleReading } from './device-access.ts';
import { decide, errorOf } from './freshness.ts';
import { present } from './present.ts';

/**
 * Answers a query for one device: from the last known reading where that is as good as a call (see `decideQuery`), else from
 * DingTalk, else from what was last known, with the reason in `notice`. Throws AppError: not-permitted, device-not-found and
 * dingtalk-* when nothing is known that may be shown.
 */
export async function lookUp(
  context: ServiceContext,
  caller: Caller,
  question: Question,
  explain: Explain,
): Promise<DeviceAnswer> {
  const { operator } = caller;
  const { ref } = question;
  const answer = (reading: Reading, access: AccessState, source: AnswerSource, error?: AppError) =>
    present(context, operator, ref, { reading, access, source, notice: error && explain(error) });
  const { known, decision, notBefore } = await decide(context, operator, question);
  if (decision.kind === 'refuse') throw await errorOf(context, decision.reason);
  if (decision.kind === 'answer' && known.reading) return answer(known.reading, known.access, 'shared');
  if (decision.kind === 'known' && known.reading) {
    return answer(known.reading, known.access, 'last-known', await errorOf(context, decision.reason));
  }
  try {
    const live = await askLive(context, caller, ref, { notBefore, granted: known.access === 'granted' });
    return answer(live.reading, 'granted', live.shared ? 'shared' : 'live');
  } catch (thrown) {
    const error = asAppError(thrown);
    if (WITHOUT_LAST_KNOWN.has(error.reason)) throw error;
    const { reading, access } = await visibleReading(context, operator, ref);
    if (reading) return answer(reading, access, 'last-known', error);
    throw error;
  }
}

/** Errors that no earlier reading stands in for: the device does not exist, or Rooms Desk has a defect. */
const WITHOUT_LAST_KNOWN: ReadonlySet<ErrorReason> = new Set([
  'device-not-found.device',
  'internal.internal',
]);
