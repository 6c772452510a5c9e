import { expect, test } from 'vitest';
import { lengthUnits } from './length-units.ts';

test.each([
  [0, '0 second'],
  [-5, '0 second'],
  [999, '0 second'],
  [59_999, '59 second'],
  [60_000, '1 minute'],
  [61_000, '1 minute 1 second'],
  [2 * 3_600_000 + 59_000, '2 hour'],
  [86_400_000 + 3 * 3_600_000, '1 day 3 hour'],
  [400 * 86_400_000 + 60_000, '400 day'],
])('%i ms is %s', (ms, words) => {
  expect(
    lengthUnits(ms)
      .map(({ unit, n }) => `${n} ${unit}`)
      .join(' '),
  ).toBe(words);
});
