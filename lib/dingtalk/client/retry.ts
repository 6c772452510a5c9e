import pRetry from 'p-retry';
import type { Deadline } from '#lib/dingtalk/transport/deadline.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { type AppError, asAppError, type ErrorReason } from '#lib/domain/errors.ts';

const MOST_RETRIES = 2;

/** What a retry depends on besides the error: `attempt` counts from 1. */
type Patience = { retries: number; waitMs: (attempt: number, random: () => number) => number };

// Half a second, doubled each time, plus up to the same again at random, so that instances do not come back together.
const backOff = (attempt: number, random: () => number) => 500 * 2 ** (attempt - 1) * (1 + random());

// Each of these may have been a metered call: only throttles by rate and a network that failed are promised to be free
// (DingTalk docs: dingtalk-application-development-platform-billing-model). The quota of a month is small.
const METERED: Patience = { retries: 1, waitMs: backOff };

const PATIENCE: Partial<Record<ErrorReason, Patience>> = {
  // The window is one second, so sleep one second (DingTalk docs: how-to-process-api-throttling-on-the-dingtalk-server).
  'dingtalk-throttled.rate': { retries: MOST_RETRIES, waitMs: (_, random) => 1_000 + 100 * random() },
  'dingtalk-throttled.platform': {
    retries: MOST_RETRIES,
    waitMs: (attempt, random) => 1_000 * 2 ** (attempt - 1) + 100 * random(),
  },
  'dingtalk-throttled.busy': METERED,
  'dingtalk-unreachable.no-connection': { retries: MOST_RETRIES, waitMs: backOff },
  'dingtalk-unreachable.proxy': { retries: MOST_RETRIES, waitMs: backOff },
  // Whether DingTalk counted what it did not answer in time nobody knows, so the ledger counts it.
  'dingtalk-unreachable.no-answer': METERED,
};

const METERED_FAULTS = new Set(['system.error', 'group.query.error', 'server.error']);

/** How often and after how many milliseconds to ask again after this error; `null` when it would not help. */
function patienceFor(error: AppError): Patience | null {
  if (error.reason !== 'dingtalk-unreachable.fault') return PATIENCE[error.reason] ?? null;
  if (METERED_FAULTS.has(error.upstream?.code ?? '')) return METERED;
  // A bare 500 is not tried again: a wrong organisation looks like one (DingTalk docs: api-gettoken).
  return [502, 503, 504].includes(error.upstream?.status ?? 0) ? METERED : null;
}

/** Failures before the request left are never counted by DingTalk; a bad certificate, name or password stays bad. */
const HOPELESS = /^(PROXY_)?(ENOTFOUND|ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|4\d\d$)/;

/**
 * Runs an attempt (counted from 1) and again where DingTalk's error says that this can help, at most twice more and
 * never past the deadline: when the wait would leave no time for an attempt, the error is thrown at once.
 */
export function withRetries<T>(
  attempt: (number: number) => Promise<T>,
  { clock, random, deadline }: { clock: Clock; random: () => number; deadline: Deadline },
): Promise<T> {
  return pRetry(attempt, {
    retries: MOST_RETRIES,
    // The wait happens below on our clock, so p-retry adds none of its own.
    minTimeout: 0,
    async shouldRetry({ error: thrown, attemptNumber }) {
      const error = asAppError(thrown);
      const patience = patienceFor(error);
      if (!patience || attemptNumber > patience.retries) return false;
      if (HOPELESS.test(error.values.failure ?? '')) return false;
      const waitMs = patience.waitMs(attemptNumber, random);
      if (!deadline.allows(waitMs)) return false;
      await clock.sleep(waitMs);
      return true;
    },
  });
}
