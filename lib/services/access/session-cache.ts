import QuickLRU from 'quick-lru';
import type { Clock } from '#lib/domain/clock.ts';

/** How long what the store said is believed: what was ended on another instance is over here within it. */
const CACHED_MS = 1_000;

/** Beyond this, the least recently used are read again: far more than are used within a second. */
const MAX_CACHED = 10_000;

/** What was lately read under a key, so that the many requests of one page are one question to the store. */
export type SessionCache<T, R = null> = {
  /**
   * What is known under this key, from memory or by `load`, which answers an `R` for what opens nothing. Rejects when the
   * store cannot be read: nobody is let in by guess.
   */
  recall(key: string, load: () => Promise<T | R>): T | R | Promise<T | R>;
  /** Something has ended here: nothing that was read before is believed, nor what is being read. */
  forget(): void;
};

export const isNull = (answer: unknown): answer is null => answer === null;

/** `isRefused` tells answers that open nothing, which are not remembered, from those that do. */
export function createSessionCache<T, R = null>(
  clock: Pick<Clock, 'elapsed'>,
  isRefused: (answer: T | R) => answer is R,
): SessionCache<T, R> {
  const known = new QuickLRU<string, { value: T; until: number }>({ maxSize: MAX_CACHED });
  let underWay = new Map<string, Promise<T | R>>();

  const read = async (key: string, load: () => Promise<T | R>, mine: typeof underWay) => {
    try {
      const asked = clock.elapsed();
      const value = await load();
      if (mine === underWay) {
        // A secret that opens nothing is asked for each time: guesses take no place from what is used.
        if (isRefused(value)) known.delete(key);
        else known.set(key, { value, until: asked + CACHED_MS });
      }
      return value;
    } finally {
      mine.delete(key);
    }
  };
  return {
    recall(key, load) {
      const cached = known.get(key);
      if (cached && clock.elapsed() < cached.until) return cached.value;
      const joined = underWay.get(key);
      if (joined) return joined;
      const reading = read(key, load, underWay);
      underWay.set(key, reading);
      return reading;
    },
    forget() {
      known.clear();
      underWay = new Map();
    },
  };
}
