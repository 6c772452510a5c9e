import type { Clock } from '#lib/domain/clock.ts';

/**
 * A clock whose waits are divided by `times`, for loops that rest between their rounds. Do not hand it to anything that
 * sends requests: their time limits are waits as well.
 */
export const hurriedClock = (clock: Clock, times: number): Clock => ({
  ...clock,
  sleep: (ms, signal) => clock.sleep(ms / times, signal),
});
