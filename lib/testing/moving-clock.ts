import type { Clock } from '#lib/domain/clock.ts';
import { systemClock } from '#lib/system-clock.ts';

/** The machine's clock, moved by hand: waiting is real, the time of day is what a test makes it. */
export function movingClock(): Clock & { move(ms: number): void } {
  let moved = 0;
  return {
    ...systemClock,
    now: () => systemClock.now() + moved,
    move: (ms) => {
      moved += ms;
    },
  };
}
