import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FLEET_STATES } from '#lib/domain/inventory/fleet.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { CHECK_AFTER_MS, listingRhythm, planAfterReading } from './polling-schedule.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now = 100 * DAY;
const idle = { state: 'idle', stateSince: now - 20 * DAY, changedAt: null, firstSeenAt: now - DAY } as const;
const planned = (seen: Parameters<typeof planAfterReading>[0]) => {
  const { at, reason } = planAfterReading(seen, now);
  return [reason, at - now];
};

describe('the next scheduled check of a device', () => {
  test('is a day later by default', () => {
    expect(planned(idle)).toEqual(['routine', DAY]);
  });

  test('is sooner within a day of a change', () => {
    expect(planned({ ...idle, changedAt: now - DAY + 1 })).toEqual(['changed', 2 * HOUR]);
    expect(planned({ ...idle, changedAt: now - DAY })).toEqual(['routine', DAY]);
  });

  test('is a week later after two weeks without changes, also when it never changed', () => {
    expect(planned({ ...idle, changedAt: now - 15 * DAY })).toEqual(['idle-long', 7 * DAY]);
    expect(planned({ ...idle, firstSeenAt: now - 15 * DAY })).toEqual(['idle-long', 7 * DAY]);
  });

  test('is soon when the device is offline, and doubles up to a day with the time offline', () => {
    const offline = (since: number | null) => planned({ ...idle, state: 'offline', stateSince: since });
    expect(offline(now)).toEqual(['offline', HOUR / 2]);
    expect(offline(null)).toEqual(['offline', HOUR / 2]);
    expect(offline(now - 3 * HOUR)).toEqual(['offline', 3 * HOUR]);
    expect(offline(now - 30 * DAY)).toEqual(['offline', DAY]);
  });

  test('is never in the past, whatever the clock did', () => {
    const moment = fc.integer({ min: 0, max: 200 * DAY });
    const seen = fc.record({
      state: fc.constantFrom(...FLEET_STATES),
      stateSince: fc.option(moment),
      changedAt: fc.option(moment),
      firstSeenAt: moment,
    });
    fc.assert(
      fc.property(seen, (each) => {
        const { at, reason } = planAfterReading(each, now);
        expect(at).toBeGreaterThanOrEqual(now + CHECK_AFTER_MS[reason]);
        expect(at).toBeLessThanOrEqual(now + 7 * DAY);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });
});

describe('the interval of room updates', () => {
  test('is a day and a week where the budget allows it', () => {
    expect(listingRhythm(0, 3_750)).toEqual({ listMs: DAY, detailMs: 7 * DAY });
    expect(listingRhythm(200, 3_750)).toEqual({ listMs: DAY, detailMs: 7 * DAY });
  });

  test('costs no more than its share of the budget for jobs', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        (rooms, calls) => {
          const { listMs, detailMs } = listingRhythm(rooms, calls);
          const pages = 1 + Math.max(1, Math.ceil(rooms / 100));
          expect((30 * DAY * pages) / listMs).toBeLessThanOrEqual(Math.max(1, calls) * 0.1 + 1e-6);
          expect((30 * DAY * rooms) / detailMs).toBeLessThanOrEqual(Math.max(1, calls) / 3 + 1e-6);
          expect(Number.isFinite(listMs) && Number.isFinite(detailMs)).toBe(true);
        },
      ),
      { numRuns: fuzzRuns(100) },
    );
  });
});
