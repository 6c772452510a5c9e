import { createWordMarks } from './index/word-marks.ts';

/** What words are looked for in, row by row. */
export type SearchTexts = {
  set(slot: number, text: string): void;
  /** Tells whether a row's text holds all these words; of no words, each does. */
  holding(words: string[]): (slot: number) => boolean;
};

export function createSearchTexts(): SearchTexts {
  const texts: string[] = [];
  const marks = createWordMarks();
  return {
    set(slot, text) {
      texts[slot] = text;
      marks.set(slot, text);
    },
    holding(words) {
      const mayHold = marks.sieve(words);
      return (slot) => {
        if (!mayHold(slot)) return false;
        const text = texts[slot];
        if (text === undefined) return false;
        for (const word of words) if (!text.includes(word)) return false;
        return true;
      };
    },
  };
}

/** Up to `limit` rows whose search text contains all the words; none of no words. */
export function findIn<R>(
  rows: { at(slot: number): R | undefined; readonly end: number },
  searchTexts: SearchTexts,
  words: string[],
  limit: number,
): R[] {
  const found: R[] = [];
  if (words.length === 0) return found;
  const holds = searchTexts.holding(words);
  for (let slot = 0; slot < rows.end && found.length < limit; slot++) {
    const row = holds(slot) ? rows.at(slot) : undefined;
    if (row) found.push(row);
  }
  return found;
}
