import type { Deadline } from '#lib/dingtalk/transport/deadline.ts';
import type { Http, HttpAnswer, HttpRequest } from '#lib/dingtalk/transport/http.ts';
import { type GoodAnswer, judgeAnswer } from '#lib/dingtalk/transport/http-answer.ts';
import type { Asker } from '#lib/domain/budget/budget.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { asAppError, type ErrorReason, type UpstreamSaid } from '#lib/domain/errors.ts';
import type { Ban } from './ban.ts';
import { isCounted } from './counted.ts';
import type { Meter, Purpose, Receipt } from './meter.ts';
import type { RateLimit } from './rate-limit.ts';
import { withRetries } from './retry.ts';
import type { CodeMeanings } from './upstream-error.ts';
import { outcomeOf, type UpstreamOutcome } from './upstream-health.ts';

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
  /** Counts from 1 within one question, a second call with a new token included. */
  attempt: number;
};

/** One request to DingTalk. `api` names the limit it counts against; `path` holds the real query. */
export type Call = {
  api: string;
  method: 'GET' | 'POST';
  origin: string;
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
  meanings?: CodeMeanings;
  /** For what may be said only once, such as a sign-in code, and for askers who are patient themselves. */
  once?: boolean;
  /**
   * Set for a call that the month counts. Token, sign-in and contact calls are exempt (DingTalk docs:
   * basic-interfaces-such-as-log-off-and-address-book).
   */
  purpose?: Purpose;
  asker?: Asker | undefined;
  /** Called with the outcome of every finished attempt of this call. Must not throw. */
  onOutcome?: (outcome: UpstreamOutcome) => void;
};

/** How many attempts one query has made so far, over all its calls. */
export type Attempts = { made: number };

/** Makes a call within the limits, and repeats it where that can help. Throws AppErrors only. */
export type MakeCall = (call: Call, deadline: Deadline, attempts?: Attempts) => Promise<GoodAnswer>;

type Parts = {
  http: Http;
  /** For calls that are not metered, and for all without a meter. */
  rateLimit: RateLimit;
  meter: Meter | null;
  ban: Ban;
  clock: Clock;
  random: () => number;
  onCall: (call: UpstreamCall) => void;
  /** Called with the outcome of every finished attempt. Must not throw. */
  onOutcome?: (outcome: UpstreamOutcome) => void;
};

/** The only way to call DingTalk: every call passes the ban, the rate limit, the meter, the timeouts and the retries. */
export function createCaller(parts: Parts): MakeCall {
  const { ban, clock, random } = parts;

  async function attempt(call: Call, deadline: Deadline, number: number): Promise<GoodAnswer> {
    ban.check();
    const receipt = await admit(call, deadline, number, parts);
    const admitted = clock.elapsed();
    const settle = (said: UpstreamSaid | null, counted: boolean, reason: ErrorReason | null) =>
      receipt?.settle({ ...(said ?? NOTHING), counted, ms: clock.elapsed() - admitted, reason });
    let left = false;
    let answer: GoodAnswer;
    try {
      // Waiting for a place took time, in which another call may have met the ban.
      ban.check();
      deadline.check();
      answer = await exchange(call, deadline, number, parts, () => {
        left = true;
      });
    } catch (thrown) {
      const error = asAppError(thrown);
      settle(error.upstream, left && isCounted(error), error.reason);
      throw error;
    }
    settle(answer.said, true, null);
    return answer;
  }

  return async (call, deadline, attempts = { made: 0 }) => {
    deadline.check();
    const next = () => {
      attempts.made += 1;
      return attempt(call, deadline, attempts.made);
    };
    return call.once ? next() : withRetries(next, { clock, random, deadline });
  };
}

const NOTHING: UpstreamSaid = { status: null, code: null, requestId: null };

/** Waits until the call may go out; answers what to settle when it is metered. */
async function admit(
  { api, purpose, asker }: Call,
  deadline: Deadline,
  attempt: number,
  { meter, rateLimit }: Parts,
): Promise<Receipt | null> {
  if (meter === null || purpose === undefined) {
    await rateLimit.take(api, deadline);
    return null;
  }
  try {
    return await meter.admit({ api, purpose, asker, attempt, deadline });
  } catch (thrown) {
    throw asAppError(thrown);
  }
}

/** One HTTP attempt, reported to `onCall` and `onOutcome`. */
async function exchange(
  call: Call,
  deadline: Deadline,
  attempt: number,
  { http, ban, clock, onCall, onOutcome }: Parts,
  onLeaving: () => void,
): Promise<GoodAnswer> {
  const started = { at: clock.now(), elapsed: clock.elapsed() };
  let answer: HttpAnswer | null = null;
  let [said, reason]: [UpstreamSaid | null, ErrorReason | null] = [null, null];
  try {
    answer = await http.send({ ...asRequest(call, deadline), onLeaving });
    const good = judgeAnswer(answer, call.meanings);
    said = good.said;
    return good;
  } catch (thrown) {
    const error = asAppError(thrown);
    [said, reason] = [error.upstream, error.reason];
    ban.record(error);
    throw error;
  } finally {
    const ms = clock.elapsed() - started.elapsed;
    onCall({ api: call.api, ...(said ?? NOTHING), ms, attempt });
    if (onOutcome || call.onOutcome) {
      const outcome = outcomeOf(
        { api: call.api, at: started.at, ms, said: said ?? NOTHING, reason },
        answer,
        clock.now(),
      );
      onOutcome?.(outcome);
      call.onOutcome?.(outcome);
    }
  }
}

function asRequest(call: Call, deadline: Deadline): HttpRequest {
  const { origin, method, path, headers = {}, body } = call;
  return { origin, method, path, headers, body, timeoutMs: Math.min(ATTEMPT_TIMEOUT_MS, deadline.leftMs()) };
}
