import type { Clock } from '#lib/domain/clock.ts';

export type JumpingClock = Clock & {
  /** Every plain wait so far, in milliseconds. */
  waits: number[];
  /** Lets time pass: limits that fall due fire. */
  advance(ms: number): void;
};

/**
 * A clock for tests that wait. A plain sleep is a wait: time jumps to its end at once. A sleep with a signal is a
 * limit on something else: it fires only when time has really been made to pass.
 */
export function createJumpingClock(): JumpingClock {
  let time = 0;
  const limits = new Set<{ due: number; fire: () => void }>();
  const waits: number[] = [];

  function advance(ms: number) {
    time += ms;
    for (const limit of limits) {
      if (limit.due > time) continue;
      limits.delete(limit);
      limit.fire();
    }
  }

  function limit(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const entry = { due: time + ms, fire: resolve };
      limits.add(entry);
      signal.addEventListener('abort', () => {
        limits.delete(entry);
        reject(signal.reason);
      });
    });
  }

  return {
    waits,
    advance,
    now: () => Date.UTC(2026, 10, 22) + time,
    elapsed: () => time,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      if (signal) return limit(ms, signal);
      waits.push(ms);
      advance(ms);
    },
  };
}
