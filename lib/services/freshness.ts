import type { Reading } from '#lib/domain/reading.ts';

/**
 * Whether a reading answers a question that wants nothing older than `notBefore`. A reading from the future is none:
 * the clock was set back since, and nobody can say how old it is. All in milliseconds since the epoch.
 */
export function isFresh(reading: Reading, notBefore: number, now: number): boolean {
  return reading.observedAt > notBefore && reading.observedAt <= now;
}
