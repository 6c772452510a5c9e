import { type CodeMeanings, upstreamError } from '#lib/dingtalk/client/upstream-error.ts';
import { readUpstreamSaid, word } from '#lib/dingtalk/client/upstream-said.ts';
import { AppError, type ErrorReason, type UpstreamSaid } from '#lib/domain/errors.ts';
import type { HttpAnswer } from './http.ts';
import { isRecord, parseJson } from './json.ts';

/** An answer that is no error: its JSON object and what it says about itself. */
export type GoodAnswer = { body: Record<string, unknown>; said: UpstreamSaid };

/**
 * The JSON object of a good answer; throws an AppError for everything else. The status alone decides little:
 * a ban and errors of the old API, and now and then of the new one, come with HTTP 200, a throttle and a missing permission with the same 403.
 */
export function judgeAnswer(answer: HttpAnswer, meanings?: CodeMeanings): GoodAnswer {
  const body = 'text' in answer.body ? parseJson(answer.body.text) : undefined;
  const said = readUpstreamSaid(answer.status, body, answer.requestId);
  if (isBan(body)) throw upstreamError({ ...said, code: '1111' }, body, 'dingtalk-throttled.banned');
  if (answer.status >= 300 && answer.status < 400) {
    throw new AppError('dingtalk-confused.redirected', { upstream: said });
  }
  if (answer.status >= 400) throw upstreamError(said, body, fallbackFor(answer.status), meanings);
  if (body === undefined) throw new AppError(whyNoJson(answer), { upstream: said });
  if (!isRecord(body)) throw new AppError('dingtalk-confused.shape', { upstream: said });
  if (hasOldError(body) || hasNewError(body))
    throw upstreamError(said, body, 'dingtalk-confused.unrecognised', meanings);
  return { body, said };
}

// The 5-minute ban of an address: HTTP 200 and `{"status":1111,"punish":"deny",...}` without any code
// (DingTalk docs: server-api-error-codes-1).
function isBan(body: unknown): boolean {
  return isRecord(body) && (word(body.status) === '1111' || body.punish === 'deny');
}

function hasOldError(body: Record<string, unknown>): boolean {
  return body.errcode !== undefined && body.errcode !== null && word(body.errcode) !== '0';
}

/** What some services write into `code` when all is well. */
const NO_ERROR = /^(0|200|ok|success)$/i;

// An error of the new API under HTTP 200: a code and a message, and no result.
function hasNewError(body: Record<string, unknown>): boolean {
  const code = word(body.code ?? body.Code);
  const message = body.message ?? body.Message;
  const result = body.result ?? null;
  return code !== null && !NO_ERROR.test(code) && typeof message === 'string' && result === null;
}

function whyNoJson({ body }: HttpAnswer): ErrorReason {
  const tooLarge = 'unreadable' in body && body.unreadable === 'too-large';
  return tooLarge ? 'dingtalk-confused.too-large' : 'dingtalk-confused.not-json';
}

function fallbackFor(status: number): ErrorReason {
  if (status >= 500) return 'dingtalk-unreachable.fault';
  if (status === 429) return 'dingtalk-throttled.busy';
  return status === 401 || status === 403
    ? 'dingtalk-refused.unrecognised'
    : 'dingtalk-confused.unrecognised';
}
