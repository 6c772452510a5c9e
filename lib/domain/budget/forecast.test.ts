import { describe, expect, test } from 'vitest';
import { dayOf, type Spending } from './budget.ts';
import { forecast, shortageOf } from './forecast.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Midnight in China. */
const begin = Date.parse('2026-11-01T00:00:00+08:00');
const end = begin + 30 * DAY;

const spent = (calls: number[]): Spending => ({
  month: '2026-11',
  total: calls.reduce((sum, each) => sum + each, 0),
  byDay: calls.flatMap((each, index) =>
    each > 0 ? [{ day: dayOf(begin + index * DAY), purpose: 'look-up' as const, calls: each }] : [],
  ),
});

describe('the forecast of a month', () => {
  test('is zero while nothing was spent, and has no end', () => {
    expect(forecast(spent([]), 5_000, begin + 3 * DAY)).toEqual({ expected: 0, endsAt: null });
    expect(forecast(spent([]), 5_000, begin)).toEqual({ expected: 0, endsAt: null });
  });

  test('uses a whole day on the first day, so that one busy minute raises no alert', () => {
    const { expected, endsAt } = forecast(spent([100]), 5_000, begin + 60_000);
    expect(expected).toBeGreaterThan(3_050);
    expect(expected).toBeLessThanOrEqual(3_100);
    expect(endsAt).toBeNull();
  });

  test('uses the days so far in the first week', () => {
    expect(forecast(spent([100, 100, 100]), 5_000, begin + 3 * DAY)).toEqual({
      expected: 3_000,
      endsAt: null,
    });
  });

  test('uses the last days after that, at any hour of the day', () => {
    const steady = [...Array.from({ length: 10 }, () => 0), ...Array.from({ length: 10 }, () => 100)];
    for (const hour of [0, 6, 12, 23]) {
      const now = begin + 20 * DAY + (hour * DAY) / 24;
      const spending = spent([...steady, Math.round((hour * 100) / 24)]);
      const { expected } = forecast(spending, 5_000, now);
      expect(Math.abs(expected - 2_000)).toBeLessThan(10);
    }
  });

  test('gives the end of the budget only if it is before the end of the month', () => {
    const spending = spent([100, 100]);
    expect(forecast(spending, 1_000, begin + 2 * DAY).endsAt).toBe(begin + 10 * DAY);
    expect(forecast(spending, 2_999, begin + 2 * DAY).endsAt).toBeLessThan(end);
    expect(forecast(spending, 3_000, begin + 2 * DAY).endsAt).toBeNull();
  });

  test('has ended already when more was spent than available', () => {
    const now = begin + 2 * DAY;
    expect(forecast(spent([100, 100]), 200, now)).toMatchObject({ endsAt: now });
    expect(forecast(spent([100, 100]), 50, now)).toMatchObject({ endsAt: now });
    expect(forecast(spent([]), 0, now)).toMatchObject({ endsAt: now });
  });

  test('does not extrapolate the discovery of a new installation', () => {
    const now = begin + DAY / 2;
    const byDay = [
      { day: dayOf(begin), purpose: 'discovery' as const, calls: 400 },
      { day: dayOf(begin), purpose: 'look-up' as const, calls: 10 },
    ];
    const spending = { month: '2026-11', total: 410, byDay };
    const runs = [{ from: begin, to: begin + 600_000 }];
    expect(forecast(spending, 2_500, now, runs)).toEqual({ expected: 410 + 295, endsAt: null });
    expect(forecast(spending, 2_500, now, [{ from: begin, to: null }]).endsAt).toBeNull();
    // Listings that come back each day or week are part of the pace.
    expect(forecast(spending, 2_500, now).expected).toBe(410 + 410 * 29.5);
    expect(
      forecast(spending, 2_500, now, [{ from: begin - 3 * DAY, to: begin - DAY }]).endsAt,
    ).not.toBeNull();
  });

  test('is the total once the month is over', () => {
    expect(forecast(spent([100, 100]), 150, end)).toEqual({ expected: 200, endsAt: null });
  });
});

describe('a month runs short', () => {
  const allowance = { monthly: 2_500, reserve: 625 };
  const shortage = (calls: number[], now: number) => shortageOf(spent(calls), allowance, now, []);

  test('when the forecast ends before the month, and a quarter of the budget is spent', () => {
    const days = (count: number) => Array.from({ length: count }, () => 100);
    expect(shortage(days(6), begin + 6 * DAY), 'too few to act on').toBeNull();
    expect(shortage(days(7), begin + 7 * DAY)).toBe('dingtalk-budget-spent.running-short');
    const slow = Array.from({ length: 10 }, () => 70);
    expect(shortage(slow, begin + 10 * DAY)).toBeNull();
  });

  test('when only the reserve is left, and is spent when nothing is', () => {
    const late = begin + 29 * DAY;
    expect(shortage([1_874], late)).toBeNull();
    expect(shortage([1_875], late)).toBe('dingtalk-budget-spent.running-short');
    expect(shortage([2_500], late)).toBe('dingtalk-budget-spent.own-limit');
  });
});
