import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#lib/domain/clock.ts';

const LOADED_AT = Date.now();

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, signal ? { signal } : {});
  },
};

/** A clock that runs `speed` times as fast from when this module was loaded, so that tests wait that much less. */
export const clockAtSpeed = (speed: number): Clock =>
  speed === 1
    ? systemClock
    : {
        now: () => LOADED_AT + Math.round((systemClock.now() - LOADED_AT) * speed),
        elapsed: () => systemClock.elapsed() * speed,
        sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
      };
