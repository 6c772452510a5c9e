import { setTimeout } from 'node:timers/promises';
import type { Clock } from '#lib/domain/clock.ts';

/** The machine's own time, for tests in which bytes must really be late. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, signal ? { signal } : {}),
};
