import type { HttpAnswer } from '#lib/dingtalk/transport/http.ts';
import { isRecord, parseJson } from '#lib/dingtalk/transport/json.ts';
import type { ErrorReason, UpstreamSaid } from '#lib/domain/errors.ts';

/** The outcome of one finished attempt, without anything of the request but the API's name. */
export type UpstreamOutcome = {
  /** Method and path pattern. */
  api: string;
  /** When it went out, milliseconds since the epoch. */
  at: number;
  ms: number;
  said: UpstreamSaid;
  /** Null when it was answered as it should be. */
  reason: ErrorReason | null;
  /** What DingTalk wrote beside its code, with what may be a secret masked; null when it wrote nothing. */
  message: string | null;
  /** How far the clock of whoever answered is ahead of ours, milliseconds, to about a second; null when not sent. */
  aheadMs: number | null;
};

/** The outcome of an attempt that ended at `until` (milliseconds since the epoch), with its answer if one came. */
export function outcomeOf(
  attempt: Pick<UpstreamOutcome, 'api' | 'at' | 'ms' | 'said' | 'reason'>,
  answer: HttpAnswer | null,
  until: number,
): UpstreamOutcome {
  const body =
    answer && attempt.reason !== null && 'text' in answer.body ? parseJson(answer.body.text) : null;
  return {
    ...attempt,
    message: messageIn(body),
    aheadMs: aheadOf(answer?.dateMs ?? null, attempt.at, until),
  };
}

// The header has whole seconds, cut: half of one is added, and our own moment is the middle of the exchange.
function aheadOf(dateMs: number | null, from: number, until: number): number | null {
  return dateMs === null ? null : Math.round(dateMs + 500 - (from + until) / 2);
}

/** Longest message that is kept; the documented ones stay below 100. */
const LONGEST = 200;

const NAMES = ['message', 'Message', 'sub_msg', 'errmsg'];

function messageIn(body: unknown): string | null {
  if (!isRecord(body)) return null;
  const found = NAMES.map((name) => body[name]).find((text) => typeof text === 'string' && text !== '');
  return typeof found === 'string' ? masked(found) : null;
}

// Tokens, tickets and secrets are long mixtures of letters and digits; words and codes in a message are not.
const SECRET = /(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{20,}/gi;

const masked = (text: string) =>
  text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll(SECRET, '•••')
    .slice(0, LONGEST)
    .toWellFormed();
