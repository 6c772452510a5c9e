import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '#lib/domain/clock.ts';

/** A clock that moves only when a test moves it; waits end in the order of their time. */
export function manualClock(start = Date.UTC(2026, 0, 5, 8)): Clock & {
  /** Moves the clock by `ms` milliseconds and runs what became due, each at its own time. */
  pass(ms: number): Promise<void>;
} {
  let passed = 0;
  const waiting = new Set<{ due: number; end: () => void }>();
  return {
    now: () => start + passed,
    elapsed: () => passed,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const one = { due: passed + ms, end: () => {} };
        const abort = () => {
          waiting.delete(one);
          reject(signal?.reason);
        };
        one.end = () => {
          waiting.delete(one);
          signal?.removeEventListener('abort', abort);
          resolve();
        };
        signal?.addEventListener('abort', abort, { once: true });
        waiting.add(one);
      });
    },
    async pass(ms) {
      const until = passed + ms;
      for (;;) {
        // A resumed task may wait again for something within this step.
        await turn();
        const next = [...waiting].sort((a, b) => a.due - b.due)[0];
        if (!next || next.due > until) break;
        passed = Math.max(passed, next.due);
        next.end();
      }
      passed = until;
    },
  };
}
