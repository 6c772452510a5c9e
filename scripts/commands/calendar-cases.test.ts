import { describe, expect, test } from 'vitest';
import { CASES, shiftSeconds } from './calendar-cases.mjs';

const MINUTE_MS = 60_000;

/** The wall clock of a zone, such as `2027-03-28 01:59:59`. */
const wallClock = (zone: string, moment: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    moment,
  );

/** What a case's clock shows a second before its change, and at the change. */
function aroundChange(name: string, now: string) {
  const each = CASES.find((one) => one.name === name);
  if (!each?.changeAfter) throw new Error(`${name} has no change.`);
  const change = each.changeAfter(Date.parse(now));
  return [wallClock(each.zone, change - 1000), wallClock(each.zone, change)];
}

test.each([
  ['month-end-utc', '2026-11-30T23:59:59Z', '2026-11-30 23:59:59', '2026-12-01 00:00:00'],
  ['month-end-utc', '2026-12-01T03:00:00Z', '2027-01-31 23:59:59', '2027-02-01 00:00:00'],
  ['month-end-shanghai', '2026-10-31T15:59:59Z', '2026-10-31 23:59:59', '2026-11-01 00:00:00'],
  ['month-end-shanghai', '2026-10-31T16:00:00Z', '2026-11-30 23:59:59', '2026-12-01 00:00:00'],
  ['year-end-utc', '2026-12-31T23:59:59Z', '2026-12-31 23:59:59', '2027-01-01 00:00:00'],
  ['year-end-shanghai', '2026-12-31T16:00:00Z', '2027-12-31 23:59:59', '2028-01-01 00:00:00'],
  ['leap-day', '2026-12-01T03:00:00Z', '2028-02-29 11:59:59', '2028-02-29 12:00:00'],
  ['leap-day', '2028-02-29T12:00:00Z', '2032-02-29 11:59:59', '2032-02-29 12:00:00'],
  ['berlin-spring', '2026-12-01T03:00:00Z', '2027-03-28 01:59:59', '2027-03-28 03:00:00'],
  ['berlin-autumn', '2026-12-01T03:00:00Z', '2027-10-31 02:59:59', '2027-10-31 02:00:00'],
  ['new-york-spring', '2026-12-01T03:00:00Z', '2027-03-14 01:59:59', '2027-03-14 03:00:00'],
  ['new-york-autumn', '2026-12-01T03:00:00Z', '2027-11-07 01:59:59', '2027-11-07 01:00:00'],
])('%s seen from %s changes from %s to %s', (name, now, before, after) => {
  expect(aroundChange(name, now)).toEqual([before, after]);
});

describe.each(CASES)('$name', (each) => {
  // Nine days and an hour apart, for two years and a half.
  const start = Date.parse('2026-12-01T03:00:00Z');
  const moments = Array.from({ length: 100 }, (_, at) => start + at * 217 * 60 * MINUTE_MS);

  test('moves the clock forward, to shortly before its change', () => {
    for (const now of moments) {
      const shiftMs = shiftSeconds(each, now, 5 * MINUTE_MS) * 1000;
      if (!each.changeAfter) {
        expect(shiftMs).toBe(0);
        continue;
      }
      expect(shiftMs).toBeGreaterThanOrEqual(0);
      const untilChange = each.changeAfter(now + shiftMs) - (now + shiftMs);
      expect(untilChange).toBeGreaterThanOrEqual(5 * MINUTE_MS);
      expect(untilChange).toBeLessThan(5 * MINUTE_MS + 1000);
    }
  });
});
