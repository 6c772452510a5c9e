import type { AnswerSource, DeviceAnswer } from '#lib/domain/answer.ts';
import { AppError, asAppError, type ErrorReason } from '#lib/domain/errors.ts';
import { can, type Operator } from '#lib/domain/operator.ts';
import type { Reading } from '#lib/domain/reading.ts';
import { askLive } from './ask-live.ts';
import type { Explain, Question, ServiceContext } from './context.ts';
import { freshReading } from './freshness.ts';
import { present } from './present.ts';
import { knownTo, nameOf } from './standing.ts';

/**
 * Answers a question about one device: from a fresh reading when this person may share it, else by asking
 * DingTalk, else from what was last known, with the reason in `notice`.
 * Throws AppError: not-permitted, device-not-found and dingtalk-* when nothing is known that may be shown.
 */
export async function lookUp(
  context: ServiceContext,
  operator: Operator,
  question: Question,
  explain: Explain,
): Promise<DeviceAnswer> {
  const answer = (reading: Reading, source: AnswerSource, error?: AppError) =>
    present(context, operator, question.ref, reading, source, error && explain(error));
  const askedAt = context.clock.now();
  const mayAsk = can(operator.role, 'ask-live');
  if (question.insist && !mayAsk) throw new AppError('not-permitted.live-question');

  const known = await knownTo(context, operator, question.ref);
  const notBefore = question.insist ? askedAt : askedAt - context.freshForMs;
  const asker = mayAsk ? nameOf(context, operator) : null;
  const fresh = freshReading(known, { notBefore, name: asker, now: context.clock.now() });
  if (fresh) return answer(fresh, 'shared');
  try {
    if (!mayAsk) throw new AppError(`not-permitted.${known.reading ? 'live-question' : 'not-known-yet'}`);
    const live = await askLive(context, operator, question.ref, {
      notBefore,
      granted: known.stands === 'granted',
    });
    return answer(live.reading, live.shared ? 'shared' : 'live');
  } catch (thrown) {
    const error = asAppError(thrown);
    const lastKnown = STANDS_FOR_ITSELF.has(error.reason)
      ? null
      : await knownTo(context, operator, question.ref);
    if (lastKnown?.reading) return answer(lastKnown.reading, 'last-known', error);
    throw error;
  }
}

/** "No such device" is an answer of its own, and a bug of ours is not to be papered over. */
const STANDS_FOR_ITSELF: ReadonlySet<ErrorReason> = new Set([
  'device-not-found.device',
  'device-not-found.not-known-yet',
  'internal.internal',
]);
