import type { AnswerSource, DeviceAnswer } from '#lib/api/devices/device-answers.ts';
import type { Caller } from '#lib/domain/access/access.ts';
import type { AuditOutcome } from '#lib/domain/audit/audit.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import { type AppError, asAppError, type ErrorReason } from '#lib/domain/errors.ts';
import type { Explain, Question, ServiceContext } from '#lib/services/context.ts';
import { askLive } from './ask-live.ts';
import { type AccessState, knownTo } from './device-access.ts';
import { decide, errorOf } from './freshness.ts';
import { present } from './present.ts';

/**
 * Answers a question about one device: from what is known where that is as good as a query (see `decideQuery`), else by
 * asking DingTalk, else from what was last known, with the reason in `notice`. What may have spent a call is audited.
 * Throws AppError: not-permitted, device-not-found and dingtalk-* when nothing is known that may be shown.
 */
export async function lookUp(
  context: ServiceContext,
  caller: Caller,
  question: Question,
  explain: Explain,
): Promise<DeviceAnswer> {
  const { operator } = caller;
  const answer = (reading: Reading, stands: AccessState, source: AnswerSource, error?: AppError) =>
    present(context, operator, question.ref, { reading, stands, source, notice: error && explain(error) });
  const askedAt = context.clock.now();
  const known = await knownTo(context, operator, question.ref);
  const decision = await decide(context, operator, question, known);
  if (decision.kind === 'refuse') throw await errorOf(context, decision.reason);
  if (decision.kind === 'answer' && known.reading) return answer(known.reading, known.stands, 'shared');
  if (decision.kind === 'known' && known.reading) {
    return answer(known.reading, known.stands, 'last-known', await errorOf(context, decision.reason));
  }
  const notBefore = question.insist ? askedAt : askedAt - context.freshForMs;
  try {
    const terms = { notBefore, granted: known.stands === 'granted' };
    const live = await auditedAsk(context, caller, question, terms);
    return answer(live.reading, 'granted', live.shared ? 'shared' : 'live');
  } catch (thrown) {
    const error = asAppError(thrown);
    const lastKnown = STANDS_FOR_ITSELF.has(error.reason)
      ? null
      : await knownTo(context, operator, question.ref);
    if (lastKnown?.reading) return answer(lastKnown.reading, lastKnown.stands, 'last-known', error);
    throw error;
  }
}

/** Asks DingTalk; when a call went for this person, the audit log says so, whatever came of it. */
async function auditedAsk(
  context: ServiceContext,
  caller: Caller,
  { ref }: Question,
  terms: Omit<Parameters<typeof askLive>[3], 'onAsk'>,
) {
  let asked = false;
  const write = (outcome: AuditOutcome, about: string | null) =>
    context.audit.note({
      by: caller.operator,
      source: caller.source,
      action: 'looked-up',
      outcome,
      about,
      target: { kind: 'device', id: ref.id },
    });
  try {
    const live = await askLive(context, caller.operator, ref, {
      ...terms,
      onAsk: async () => {
        await context.limits.question(caller);
        asked = true;
      },
    });
    if (asked) write('done', null);
    return live;
  } catch (error) {
    const { reason } = asAppError(error);
    if (asked && !SPENT_NOTHING.has(reason)) write('failed', reason);
    throw error;
  }
}

/** Nothing was sent, or DingTalk was not reached: no call was spent. */
const SPENT_NOTHING: ReadonlySet<ErrorReason> = new Set([
  'internal.store-full',
  'internal.store-lost',
  'dingtalk-budget-spent.own-limit',
  'dingtalk-budget-spent.reserve',
  'dingtalk-throttled.own-rate',
  'too-many-questions.daily-share',
  'too-many-questions.unknown-ids',
  'dingtalk-unreachable.no-connection',
  'dingtalk-unreachable.proxy',
]);

/** "No such device" is an answer of its own, and a bug of ours is not to be papered over. */
const STANDS_FOR_ITSELF: ReadonlySet<ErrorReason> = new Set([
  'device-not-found.device',
  'device-not-found.not-known-yet',
  'internal.internal',
]);
