import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import {
  allowanceOf,
  dailyShareOf,
  dayOf,
  endOfDay,
  limitFor,
  monthAround,
  monthOf,
  startOfDay,
} from './budget.ts';

const at = (iso: string) => Date.parse(iso);
const iso = (moment: number) => new Date(moment).toISOString();

describe('the month of a call', () => {
  test.each([
    ['2026-10-31T15:59:59.999Z', '2026-10', '2026-10-31'],
    ['2026-10-31T16:00:00.000Z', '2026-11', '2026-11-01'],
    ['2026-12-31T15:59:59.999Z', '2026-12', '2026-12-31'],
    ['2026-12-31T16:00:00.000Z', '2027-01', '2027-01-01'],
    ['2028-02-28T16:00:00.000Z', '2028-02', '2028-02-29'],
    ['2028-02-29T16:00:00.000Z', '2028-03', '2028-03-01'],
    ['2027-02-28T16:00:00.000Z', '2027-03', '2027-03-01'],
    ['2100-02-28T16:00:00.000Z', '2100-03', '2100-03-01'],
  ])('at %s is %s in China, the day %s', (moment, month, day) => {
    expect(monthOf(at(moment))).toBe(month);
    expect(dayOf(at(moment))).toBe(day);
  });

  test('begins and ends at midnight in China', () => {
    const { from, to } = monthAround(at('2028-02-29T15:00:00Z'));
    expect([iso(from), iso(to)]).toEqual(['2028-01-31T16:00:00.000Z', '2028-02-29T16:00:00.000Z']);
    const december = monthAround(at('2026-12-31T15:59:59.999Z'));
    expect(iso(december.to)).toBe('2026-12-31T16:00:00.000Z');
  });

  test('contains each of its moments, and the next one begins where it ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: at('2199-12-31T00:00:00Z') }), (moment) => {
        const { from, to } = monthAround(moment);
        expect(from <= moment && moment < to).toBe(true);
        expect(monthOf(from)).toBe(monthOf(moment));
        expect(monthOf(to - 1)).toBe(monthOf(moment));
        expect(monthAround(to).from).toBe(to);
        expect(dayOf(startOfDay(moment))).toBe(dayOf(moment));
        expect(dayOf(startOfDay(moment) - 1)).not.toBe(dayOf(moment));
      }),
      { numRuns: fuzzRuns(1_000) },
    );
  });
});

describe('the allowance', () => {
  test('reserves a quarter for manual refreshes, rounded up', () => {
    expect(allowanceOf(5_000)).toEqual({ monthly: 5_000, reserve: 1_250 });
    expect(allowanceOf(1)).toEqual({ monthly: 1, reserve: 1 });
    expect(allowanceOf(0)).toEqual({ monthly: 0, reserve: 0 });
  });

  test('lets people spend all of it, and jobs what is not reserved', () => {
    const allowance = allowanceOf(5_000);
    expect(limitFor('look-up', allowance)).toBe(5_000);
    for (const purpose of ['watch', 'sweep', 'discovery'] as const) {
      expect(limitFor(purpose, allowance)).toBe(3_750);
    }
  });
});

describe('the daily share', () => {
  test('is a tenth of what the month had at the start of the day, and a tenth of that for unknown IDs', () => {
    expect(dailyShareOf(2_500, 0)).toEqual({ calls: 250, unknownIds: 25 });
    expect(dailyShareOf(2_500, 1_500)).toEqual({ calls: 100, unknownIds: 10 });
  });

  test('is never below what a handful of rooms needs', () => {
    for (const [monthly, spent] of [
      [100, 0],
      [2_500, 2_499],
      [0, 0],
      [10, 500],
    ] as const) {
      expect(dailyShareOf(monthly, spent)).toEqual({ calls: 20, unknownIds: 5 });
    }
  });

  test('renews at midnight in China', () => {
    expect(iso(endOfDay(at('2026-11-24T15:59:59.999Z')))).toBe('2026-11-24T16:00:00.000Z');
    expect(iso(endOfDay(at('2026-11-24T16:00:00.000Z')))).toBe('2026-11-25T16:00:00.000Z');
  });
});
