import type { Reading } from '#lib/domain/reading.ts';
import type { Known } from './standing.ts';

/**
 * The reading that answers a question which wants nothing older than `notBefore`, or null: DingTalk must not have
 * refused this person since, and a reading from the future is none, for the clock was set back and nobody can say how
 * old it is. All in milliseconds since the epoch.
 */
export function freshReading({ reading, stands }: Known, notBefore: number, now: number): Reading | null {
  if (reading === null || stands === 'refused') return null;
  return reading.observedAt > notBefore && reading.observedAt <= now ? reading : null;
}
