import type { Reading } from '#lib/domain/reading.ts';
import type { Known } from './standing.ts';

/** What an answer must be to spare a call. Moments are milliseconds since the epoch. */
type Wanted = {
  /** Nothing older will do. */
  notBefore: number;
  /** In whose name would be asked; null for somebody who may not ask. */
  name: string | null;
  now: number;
};

/**
 * The reading that answers a question without a call, or null. Somebody who may ask is spared the call only by their
 * own reading or where DingTalk has granted them the device: what the desk knows by itself is no permission. A reading
 * from the future is none, for the clock was set back and nobody can say how old it is.
 */
export function freshReading({ reading, stands }: Known, { notBefore, name, now }: Wanted): Reading | null {
  if (reading === null || stands === 'refused') return null;
  if (name !== null && stands !== 'granted' && reading.operatorUnionId !== name) return null;
  return reading.observedAt > notBefore && reading.observedAt <= now ? reading : null;
}
