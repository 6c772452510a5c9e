import type { HttpAnswer } from '#lib/dingtalk/transport/http.ts';
import { isRecord, parseJson } from '#lib/dingtalk/transport/json.ts';
import type { ErrorReason, UpstreamSaid } from '#lib/domain/errors.ts';

/** One finished attempt as a check of the way tells it: nothing of what was asked but the API's name. */
export type Heard = {
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
  /** How far the clock of whoever answered is ahead of ours, milliseconds, to about a second; null when untold. */
  aheadMs: number | null;
};

/** What an attempt told, from its answer if one came. `until`: when it was over, milliseconds since the epoch. */
export function heardOf(
  told: Pick<Heard, 'api' | 'at' | 'ms' | 'said' | 'reason'>,
  answer: HttpAnswer | null,
  until: number,
): Heard {
  const body = answer && told.reason !== null && 'text' in answer.body ? parseJson(answer.body.text) : null;
  return { ...told, message: messageIn(body), aheadMs: aheadOf(answer?.dateMs ?? null, told.at, until) };
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
