import type { AnswerSource, DeviceAnswer } from '#lib/domain/answer.ts';
import { AppError, asAppError } from '#lib/domain/errors.ts';
import { can, type Operator } from '#lib/domain/operator.ts';
import type { Reading } from '#lib/domain/reading.ts';
import { askLive } from './ask-live.ts';
import type { Explain, Question, ServiceContext } from './context.ts';
import { isFresh } from './freshness.ts';
import { present } from './present.ts';
import { nameOf, standing, visibleReading } from './standing.ts';

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
    present(context, operator, reading, source, error && explain(error));
  const askedAt = context.clock.now();
  const mayAsk = can(operator.role, 'ask-live');
  if (question.insist && !mayAsk) throw new AppError('not-permitted.live-question');

  const name = nameOf(context, operator);
  const known = await context.store.latestReading(question.ref);
  const notBefore = question.insist ? askedAt : askedAt - context.freshForMs;
  if (
    known &&
    isFresh(known, notBefore, askedAt) &&
    (await mayShare(context, question, known, name, mayAsk))
  ) {
    return answer(known, 'shared');
  }
  try {
    if (!mayAsk) throw new AppError(`not-permitted.${known ? 'live-question' : 'not-known-yet'}`);
    const { reading, shared } = await askLive(context, question.ref, name, notBefore);
    return answer(reading, shared ? 'shared' : 'live');
  } catch (thrown) {
    const error = asAppError(thrown);
    const lastKnown = await stillKnown(context, question, known, name, error);
    if (lastKnown) return answer(lastKnown, 'last-known', error);
    throw error;
  }
}

/** Somebody who may ask shares only what DingTalk has answered to them too; others see what is known unless refused. */
async function mayShare(
  context: ServiceContext,
  question: Question,
  known: Reading,
  name: string | null,
  mayAsk: boolean,
): Promise<boolean> {
  if (name === null) return !mayAsk;
  const stands = await standing(context, question.ref, known, name);
  return stands === 'granted' || (stands === 'unasked' && !mayAsk);
}

/** What may stand in for an answer that could not be had. "No such device" and bugs are answers of their own. */
async function stillKnown(
  context: ServiceContext,
  question: Question,
  known: Reading | null,
  name: string | null,
  error: AppError,
): Promise<Reading | null> {
  if (error.code === 'device-not-found' || error.code === 'internal') return null;
  return visibleReading(context, question.ref, known, name);
}
