import type { Place, Quiet, QuietTime } from './attention.ts';
import { isIn } from './attention.ts';
import type { FindingCode } from './finding.ts';

const DAY = 24 * 60;
const WEEK = 7 * DAY;
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Whether it is quiet at a moment. A weekly one follows the clock on the wall there, daylight saving included. */
export function isQuietAt(when: QuietTime, now: number): boolean {
  if (when.kind === 'once') return when.from <= now && now < when.until;
  const minute = minuteOfWeek(when.zone, now);
  const from = minutesOf(when.from);
  // Until the same time is a whole day.
  const length = (minutesOf(when.to) - from + DAY) % DAY || DAY;
  return when.days.some((day) => (minute - ((day - 1) * DAY + from) + 2 * WEEK) % WEEK < length);
}

/** Whether it will never be quiet again. */
export const isOver = (when: QuietTime, now: number): boolean => when.kind === 'once' && when.until <= now;

/** The first that keeps a finding of a device quiet now; undefined when nothing does. */
export const quietOf = (
  quiets: readonly Quiet[],
  place: Place,
  code: FindingCode,
  now: number,
): Quiet | undefined =>
  quiets.find(
    ({ scope, codes, when }) =>
      (codes === null || codes.includes(code)) && isQuietAt(when, now) && isIn(scope, place),
  );

/** Whether IANA knows a time zone by that name. */
export function isZone(zone: string): boolean {
  try {
    clockOf(zone);
    return true;
  } catch {
    return false;
  }
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

// Making one costs far more than using it.
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  clocks.set(zone, clock);
  return clock;
}

function minuteOfWeek(zone: string, now: number): number {
  const parts = new Map(
    clockOf(zone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const day = DAYS.indexOf(parts.get('weekday') ?? '');
  return day * DAY + Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
}
