import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf, monthAround } from '#lib/domain/budget/budget.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { type Pushes, pushForecast, robotPace } from './notification-allowance.ts';

const DAY = 24 * 60 * 60_000;
const MINUTE = 60_000;
const LIMIT = 3_000;
/** Midnight in China. */
const BEGIN = Date.parse('2026-11-01T00:00:00+08:00');
const END = monthAround(BEGIN).to;

/** So many pushes on each day from the first one on. */
const daily = (each: number, days: number): Pick<Pushes, 'total' | 'byDay'> => ({
  total: each * days,
  byDay: Array.from({ length: days }, (_, nth) => ({ day: dayOf(BEGIN + nth * DAY), pushes: each })),
});
/** So many pushes, and none in the last week. */
const early = (total: number): Pick<Pushes, 'total' | 'byDay'> => ({
  total,
  byDay: [{ day: dayOf(BEGIN), pushes: total }],
});
const LATE = BEGIN + 20 * DAY;

describe('the rate of group robots', () => {
  test.each([
    ['each while nothing was pushed', early(0), { mode: 'each' }],
    ['each below four fifths, when it lasts', early(2_399), { mode: 'each' }],
    ['a digest in 15 minutes from four fifths on', early(2_400), { mode: 'digest', everyMs: 15 * MINUTE }],
    ['the same just below 95 percent', early(2_849), { mode: 'digest', everyMs: 15 * MINUTE }],
    ['a digest in an hour from 95 percent on', early(2_850), { mode: 'digest', everyMs: 60 * MINUTE }],
    ['the same with one push left', early(2_999), { mode: 'digest', everyMs: 60 * MINUTE }],
    ['nothing when all are used, until the month ends', early(3_000), { mode: 'spent', until: END }],
  ])('is %s', (_what, pushes, pace) => {
    expect(robotPace(pushes, LIMIT, LATE)).toEqual(pace);
  });

  test('is a digest as soon as the forecast says that the allowance ends before the month', () => {
    const now = BEGIN + 7 * DAY;
    expect(pushForecast(daily(90, 7), LIMIT, now).endsAt).toBeNull();
    expect(robotPace(daily(90, 7), LIMIT, now)).toEqual({ mode: 'each' });
    expect(pushForecast(daily(110, 7), LIMIT, now).endsAt).not.toBeNull();
    expect(robotPace(daily(110, 7), LIMIT, now)).toEqual({ mode: 'digest', everyMs: 15 * MINUTE });
  });

  test('is not changed by a forecast from the first busy days', () => {
    const now = BEGIN + DAY;
    expect(pushForecast(daily(500, 1), LIMIT, now).endsAt).not.toBeNull();
    expect(robotPace(daily(500, 1), LIMIT, now)).toEqual({ mode: 'each' });
  });

  test('never rises as more pushes are used at one moment', () => {
    const rank = { each: 0, digest: 1, spent: 2 } as const;
    const waitOf = (total: number, now: number) => {
      const pace = robotPace(early(total), LIMIT, now);
      return rank[pace.mode] * 1e9 + (pace.mode === 'digest' ? pace.everyMs : 0);
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000 }),
        fc.integer({ min: 0, max: 4_000 }),
        fc.integer({ min: BEGIN, max: END - 1 }),
        (a, b, now) => {
          expect(waitOf(Math.max(a, b), now)).toBeGreaterThanOrEqual(waitOf(Math.min(a, b), now));
        },
      ),
      { numRuns: fuzzRuns(100) },
    );
  });
});
