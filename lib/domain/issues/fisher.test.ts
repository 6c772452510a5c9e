import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { type FourFold, fisherGreater } from './fisher.ts';

const table = (have: number, of: number, others: number, ofOthers: number): FourFold => ({
  with: { have, of },
  without: { have: others, of: ofOthers },
});

function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let product = 1n;
  for (let each = 1; each <= k; each++) product = (product * BigInt(n - k + each)) / BigInt(each);
  return product;
}

/** The same by whole numbers alone, which knows no rounding. */
function exactly({ with: first, without: second }: FourFold): number {
  const have = first.have + second.have;
  const all = first.of + second.of;
  let tail = 0n;
  for (let k = first.have; k <= Math.min(have, first.of); k++) {
    tail += choose(have, k) * choose(all - have, first.of - k);
  }
  // Thirty digits are more than a number has.
  return Number((tail * 10n ** 30n) / choose(all, first.of)) / 1e30;
}

/** Computed with exact fractions elsewhere. */
const KNOWN: [counts: [number, number, number, number], chance: number][] = [
  [[14, 14, 2, 120], 3.51146725571605e-17],
  [[3, 4, 1, 4], 0.24285714285714285],
  [[13, 14, 40, 120], 2.064649405365689e-5],
  [[7, 9, 2, 50], 3.5454532491449683e-6],
  [[1, 2, 1, 2], 0.8333333333333334],
  [[500, 1_000, 40_000, 99_000], 6.623306510166101e-10],
];

describe('the exact test', () => {
  test.each(KNOWN)('%o is as improbable as %d', (counts, chance) => {
    expect(fisherGreater(table(...counts))).toBeCloseTo(chance, 12);
    expect(Math.abs(fisherGreater(table(...counts)) / chance - 1)).toBeLessThan(1e-7);
  });

  test('agrees with whole numbers', () => {
    const group = fc
      .integer({ min: 0, max: 40 })
      .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)));
    fc.assert(
      fc.property(group, group, ([have, of], [others, ofOthers]) => {
        const asked = table(have, of, others, ofOthers);
        expect(fisherGreater(asked)).toBeCloseTo(exactly(asked), 10);
      }),
      { numRuns: fuzzRuns(500) },
    );
  });

  test('is never more probable for more in the first group, and is a probability', () => {
    const sizes = fc.tuple(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 0, max: 500 }),
    );
    fc.assert(
      fc.property(sizes, ([of, ofOthers, wanted]) => {
        const have = Math.min(wanted, of + ofOthers);
        let before = 1;
        for (let k = Math.max(0, have - ofOthers); k <= Math.min(have, of); k++) {
          const chance = fisherGreater(table(k, of, have - k, ofOthers));
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(before + 1e-9);
          before = chance;
        }
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  test('is certain where there is nothing to distinguish', () => {
    expect(fisherGreater(table(5, 5, 0, 0))).toBe(1);
    expect(fisherGreater(table(0, 0, 3, 9))).toBe(1);
    expect(fisherGreater(table(4, 4, 9, 9))).toBe(1);
  });
});
