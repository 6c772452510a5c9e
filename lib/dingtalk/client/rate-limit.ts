import type { Deadline } from '#lib/dingtalk/transport/deadline.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { AppError } from '#lib/domain/errors.ts';

export type RateLimit = {
  /**
   * Resolves when a call of this API may go out, in the order of asking. Throws `dingtalk-throttled.own-rate` with
   * the seconds until then, at once and without taking a place, when that is not before the deadline.
   */
  take(api: string, deadline: Deadline): Promise<void>;
};

/**
 * At most `callsPerSecond` calls of one API in any second, at even distances. DingTalk counts per app and API in a
 * window of a second (DingTalk docs: call-frequency-limit); two bursts a second apart, the first delayed on its way,
 * would land in one window.
 */
export function createRateLimit(clock: Clock, callsPerSecond: number): RateLimit {
  const distanceMs = Math.ceil(1_000 / callsPerSecond);
  const last = new Map<string, number>();
  return {
    async take(api, deadline) {
      const now = clock.elapsed();
      const place = Math.max(now, (last.get(api) ?? Number.NEGATIVE_INFINITY) + distanceMs);
      if (place > now && !deadline.allows(place - now)) throw tooMany(place - now);
      // Places are booked ahead and never given back, so that who asks first goes first.
      last.set(api, place);
      // A timer may fire a little early, and a call that early would be one too many in its window.
      for (let left = place - now; left > 0; left = place - clock.elapsed()) await clock.sleep(left);
    },
  };
}

function tooMany(waitMs: number): AppError {
  return new AppError('dingtalk-throttled.own-rate', {
    retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
  });
}
