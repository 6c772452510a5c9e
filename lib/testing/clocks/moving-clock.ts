import type { Clock } from '#lib/domain/clock.ts';
import { systemClock } from '#lib/server/system-clock.ts';

/** The machine's clock, moved by hand: `move` changes the time of day, `pass` lets time go by. Waiting is real. */
export function movingClock(): Clock & { move(ms: number): void; pass(ms: number): void } {
  let [moved, passed] = [0, 0];
  return {
    ...systemClock,
    now: () => systemClock.now() + moved,
    elapsed: () => systemClock.elapsed() + passed,
    move: (ms) => {
      moved += ms;
    },
    pass: (ms) => {
      moved += ms;
      passed += ms;
    },
  };
}
