import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { createWordMarks } from './word-marks.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 120 });

it('never skips a row that contains the word', () => {
  fc.assert(
    fc.property(text, text, text, fc.nat(5_000), (before, word, after, slot) => {
      const marks = createWordMarks();
      marks.set(slot, before + word + after);
      expect(marks.sieve([word])(slot)).toBe(true);
    }),
    { numRuns: fuzzRuns(100) },
  );
});

it('skips nearly all rows that do not, also after they contained something else', () => {
  const marks = createWordMarks();
  for (let slot = 0; slot < 2_000; slot++) marks.set(slot, `Vega Rooms unit ${slot}`);
  for (let slot = 0; slot < 2_000; slot++) marks.set(slot, `静思会议终端${slot}\n杭州会议室${slot}\nwinbox`);
  const maybe = marks.sieve(['vega']);
  expect(Array.from({ length: 2_000 }, (_, slot) => maybe(slot)).filter(Boolean).length).toBeLessThan(40);
});
