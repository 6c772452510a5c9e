import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#lib/domain/clock.ts';

/** The machine's clock, moved by hand: waiting is real, the time of day is what a test makes it. */
export function movingClock(): Clock & { move(ms: number): void } {
  let moved = 0;
  return {
    now: () => Date.now() + moved,
    elapsed: () => performance.now(),
    sleep: async (ms, signal) => {
      await sleep(ms, undefined, signal ? { signal } : {});
    },
    move: (ms) => {
      moved += ms;
    },
  };
}
