import type { Clock } from '#lib/domain/clock.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { Deadline } from './deadline.ts';

const WINDOW_MS = 1_000;

export type RateLimit = {
  /**
   * Resolves when a call of this API may go out, in the order of asking. Throws `dingtalk-throttled.own-rate` with
   * the seconds until then, at once and without taking a place, when that is not before the deadline.
   */
  take(api: string, deadline: Deadline): Promise<void>;
};

/**
 * At most `callsPerSecond` calls of one API in any second. DingTalk counts per app and API in a window of a second
 * (DingTalk docs: call-frequency-limit).
 */
export function createRateLimit(clock: Clock, callsPerSecond: number): RateLimit {
  const taken = new Map<string, number[]>();
  return {
    async take(api, deadline) {
      const places = taken.get(api) ?? [];
      taken.set(api, places);
      const place = nextPlace(places, clock.elapsed(), callsPerSecond);
      const waitMs = place - clock.elapsed();
      if (waitMs > 0 && !deadline.allows(waitMs)) throw tooMany(waitMs);
      places.push(place);
      if (places.length > callsPerSecond) places.shift();
      // A timer may fire a little early, and a call that early would be one too many in its window.
      for (let left = place - clock.elapsed(); left > 0; left = place - clock.elapsed())
        await clock.sleep(left);
    },
  };
}

// Places are booked ahead and never given back, so that who asks first goes first.
function nextPlace(places: number[], now: number, callsPerSecond: number): number {
  const oldest = places.length < callsPerSecond ? undefined : places[0];
  return oldest === undefined ? now : Math.max(now, oldest + WINDOW_MS);
}

function tooMany(waitMs: number): AppError {
  return new AppError('dingtalk-throttled.own-rate', {
    retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
  });
}
