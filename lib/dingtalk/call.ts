import type { Clock } from '#lib/domain/clock.ts';
import { asAppError, type UpstreamSaid } from '#lib/domain/errors.ts';
import type { Ban } from './ban.ts';
import type { Deadline } from './deadline.ts';
import type { Http, HttpRequest } from './http.ts';
import { type GoodAnswer, judgeAnswer } from './http-answer.ts';
import type { RateLimit } from './rate-limit.ts';
import { withRetries } from './retry.ts';
import type { CodeMeanings } from './upstream-error.ts';

/** DingTalk gives up after 3 seconds itself (DingTalk docs: retry), so a longer wait brings nothing. */
const ATTEMPT_TIMEOUT_MS = 3_500;

/** One fact per finished HTTP attempt, fit for a log: no id, no token. `status` is null when no answer came. */
export type UpstreamCall = {
  /** Method and path pattern, such as `GET /v1.0/rooms/devices`. */
  api: string;
  status: number | null;
  code: string | null;
  requestId: string | null;
  ms: number;
  /** Counts from 1 within one question. */
  attempt: number;
};

/** One question to DingTalk. `api` names the limit it counts against; `path` holds the real query. */
export type Call = {
  api: string;
  method: 'GET' | 'POST';
  origin: string;
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
  meanings?: CodeMeanings;
  /** For what may be said only once, such as a sign-in code. */
  once?: boolean;
};

/** Asks, within the limits, and again where that can help. Throws AppErrors only. */
export type Caller = (call: Call, deadline: Deadline) => Promise<GoodAnswer>;

type Parts = {
  http: Http;
  rateLimit: RateLimit;
  ban: Ban;
  clock: Clock;
  random: () => number;
  onCall: (call: UpstreamCall) => void;
};

/** The one way out of this room: every call passes the ban, the rate limit, the timeouts and the retries. */
export function createCaller({ http, rateLimit, ban, clock, random, onCall }: Parts): Caller {
  async function attempt(call: Call, deadline: Deadline, number: number): Promise<GoodAnswer> {
    ban.check();
    await rateLimit.take(call.api, deadline);
    ban.check();
    const started = clock.elapsed();
    let said: UpstreamSaid | null = null;
    try {
      const answer = judgeAnswer(await http.send(asRequest(call, deadline)), call.meanings);
      said = answer.said;
      return answer;
    } catch (thrown) {
      const error = asAppError(thrown);
      said = error.upstream;
      ban.notice(error);
      throw error;
    } finally {
      const { status, code, requestId } = said ?? { status: null, code: null, requestId: null };
      onCall({ api: call.api, status, code, requestId, ms: clock.elapsed() - started, attempt: number });
    }
  }

  return async (call, deadline) => {
    deadline.check();
    if (call.once) return attempt(call, deadline, 1);
    return withRetries((number) => attempt(call, deadline, number), { clock, random, deadline });
  };
}

function asRequest(call: Call, deadline: Deadline): HttpRequest {
  const { origin, method, path, headers = {}, body } = call;
  return { origin, method, path, headers, body, timeoutMs: Math.min(ATTEMPT_TIMEOUT_MS, deadline.leftMs()) };
}
