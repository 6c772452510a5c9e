import type { IssueCode } from '#lib/domain/issues/issue.ts';
import type { Place, Silence, SilenceTime } from './alert.ts';
import { isIn, namesCauseOf } from './alert.ts';

const DAY = 24 * 60;
const WEEK = 7 * DAY;
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Whether it is quiet at a moment. A weekly one follows the clock on the wall there, daylight saving included. */
export function isSilencedAt(when: SilenceTime, now: number): boolean {
  if (when.kind === 'once') return when.from <= now && now < when.until;
  const minute = minuteOfWeek(when.zone, now);
  const from = minutesOf(when.from);
  // Until the same time is a whole day.
  const length = (minutesOf(when.to) - from + DAY) % DAY || DAY;
  return when.days.some((day) => (minute - ((day - 1) * DAY + from) + 2 * WEEK) % WEEK < length);
}

/** Whether it will never be quiet again. */
export const isOver = (when: SilenceTime, now: number): boolean => when.kind === 'once' && when.until <= now;

/** Those whose time it is now. Asking a zone for its clock costs: who asks about many devices asks once. */
export const activeSilences = (silences: readonly Silence[], now: number): Silence[] =>
  silences.filter(({ when }) => isSilencedAt(when, now));

/** The first of those whose time it is that keeps an issue of a device quiet; undefined when nothing does. */
export const silenceOf = (inForce: readonly Silence[], place: Place, code: IssueCode): Silence | undefined =>
  inForce.find(({ scope, codes }) => (codes === null || namesCauseOf(codes, code)) && isIn(scope, place));

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

// Making one costs far more than using it. Zones are what somebody types: no more are kept than a desk has use for.
const clocks = new Map<string, Intl.DateTimeFormat>();
const MOST_CLOCKS = 100;

function clockOf(zone: string): Intl.DateTimeFormat {
  const key = zone.toLowerCase();
  const known = clocks.get(key);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const [oldest] = clocks.keys();
  if (oldest !== undefined && clocks.size >= MOST_CLOCKS) clocks.delete(oldest);
  clocks.set(key, clock);
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
