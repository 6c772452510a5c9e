import { expect, test } from 'vitest';
import { shareOf } from './share-of.ts';

test.each([
  [0, 10, 0],
  [0, 0, 0],
  [5, 0, 0],
  [10, 10, 1],
  [9_999, 10_000, 0.999],
  [1, 1_000_000, 0.001],
  [57, 100, 0.57],
  [29, 100, 0.29],
])('%i of %i is %d', (part, whole, share) => {
  expect(shareOf(part, whole)).toBe(share);
});
