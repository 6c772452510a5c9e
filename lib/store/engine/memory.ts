import QuickLRU from 'quick-lru';

/** Answers to questions that were put to the database before, good until something is written. */
export type Memory = {
  /** The answer under this key, from memory or by `load`. Answers are shared: nobody may change them. */
  recall<T>(key: string, load: () => Promise<T>): Promise<T>;
  /** Something is being written through this process. */
  forget(): void;
};

/** Enough for every device that people look at in a day; beyond this, the least recently used are forgotten. */
const MOST_ENTRIES = 1_000;

/**
 * A memory beside one database. `version` changes when another process has written; where it cannot be asked cheaply,
 * there is no memory.
 */
export function createMemory(version: () => unknown): Memory {
  const answers = new QuickLRU<string, unknown>({ maxSize: MOST_ENTRIES });
  let current = version();
  let generation = 0;
  const forget = () => {
    generation += 1;
    answers.clear();
  };
  return {
    forget,
    async recall<T>(key: string, load: () => Promise<T>): Promise<T> {
      const now = version();
      if (now !== current) forget();
      current = now;
      if (answers.has(key)) return answers.get(key) as T;
      const asked = generation;
      const answer = await load();
      // What was read while somebody wrote may be from before it.
      if (asked === generation) answers.set(key, answer);
      return answer;
    },
  };
}

/** For databases that others write to unseen: every question is put. */
export const noMemory: Memory = { recall: (_, load) => load(), forget: () => undefined };
