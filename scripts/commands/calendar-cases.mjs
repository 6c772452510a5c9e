/**
 * A date at which code that depends on the calendar goes wrong. `changeAfter`: the moment after `now` at which something
 * changes, or null for the real date under another zone. `zone`: the TZ that the tests run under.
 * @typedef {{ name: string, zone: string, what: string, changeAfter: ((now: number) => number) | null }} CalendarCase
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SHANGHAI_MS = 8 * HOUR_MS;

/** @type {CalendarCase[]} */
export const CASES = [
  { name: 'month-end-utc', zone: 'UTC', what: 'a month ends', changeAfter: (now) => monthEnd(now, 0) },
  {
    name: 'month-end-shanghai',
    zone: 'Asia/Shanghai',
    what: 'a month ends',
    changeAfter: (now) => monthEnd(now, SHANGHAI_MS),
  },
  { name: 'year-end-utc', zone: 'UTC', what: 'a year ends', changeAfter: (now) => yearEnd(now, 0) },
  {
    name: 'year-end-shanghai',
    zone: 'Asia/Shanghai',
    what: 'a year ends',
    changeAfter: (now) => yearEnd(now, SHANGHAI_MS),
  },
  { name: 'leap-day', zone: 'UTC', what: 'noon of 29 February', changeAfter: leapDay },
  ...daylightSaving('berlin', 'Europe/Berlin'),
  ...daylightSaving('new-york', 'America/New_York'),
  { name: 'shanghai', zone: 'Asia/Shanghai', what: 'the real date', changeAfter: null },
  { name: 'new-york', zone: 'America/New_York', what: 'the real date', changeAfter: null },
  { name: 'kiritimati', zone: 'Pacific/Kiritimati', what: 'the real date', changeAfter: null },
];

/**
 * How many whole seconds the clock is moved forward, so that the change comes `leadMs` after the start.
 * @param {CalendarCase} each
 * @param {number} now
 * @param {number} leadMs
 */
export function shiftSeconds({ changeAfter }, now, leadMs) {
  // Never back: sessions and certificates of the real date would not be valid yet.
  return changeAfter ? Math.floor((changeAfter(now + leadMs) - leadMs - now) / 1000) : 0;
}

/** The end of a month that does not end a year. @param {number} now @param {number} aheadMs of UTC */
function monthEnd(now, aheadMs) {
  const date = new Date(now + aheadMs);
  const month = date.getUTCMonth() === 11 ? 13 : date.getUTCMonth() + 1;
  return Date.UTC(date.getUTCFullYear(), month) - aheadMs;
}

/** @param {number} now @param {number} aheadMs of UTC */
function yearEnd(now, aheadMs) {
  return Date.UTC(new Date(now + aheadMs).getUTCFullYear() + 1, 0) - aheadMs;
}

/** @param {number} now */
function leapDay(now) {
  for (let year = new Date(now).getUTCFullYear(); ; year += 1) {
    const noon = new Date(Date.UTC(year, 1, 29, 12));
    if (noon.getUTCDate() === 29 && noon.getTime() > now) return noon.getTime();
  }
}

/** Both changes of daylight saving. @param {string} place @param {string} zone @returns {CalendarCase[]} */
function daylightSaving(place, zone) {
  return [
    {
      name: `${place}-spring`,
      zone,
      what: 'daylight saving begins',
      changeAfter: (now) => offsetChange(now, zone, 1),
    },
    {
      name: `${place}-autumn`,
      zone,
      what: 'daylight saving ends',
      changeAfter: (now) => offsetChange(now, zone, -1),
    },
  ];
}

/** The next full hour at which the zone's clocks are put on (1) or back (-1). @param {number} now @param {string} zone @param {1 | -1} way */
function offsetChange(now, zone, way) {
  const offsetAt = offsetsOf(zone);
  let start = Math.floor(now / HOUR_MS) * HOUR_MS;
  const changesWithin = (/** @type {number} */ ms) =>
    Math.sign(offsetAt(start + ms) - offsetAt(start)) === way;
  while (!changesWithin(DAY_MS)) start += DAY_MS;
  while (!changesWithin(HOUR_MS)) start += HOUR_MS;
  return start + HOUR_MS;
}

/** The offset of a zone from UTC at a moment. @param {string} zone */
function offsetsOf(zone) {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (/** @type {number} */ moment) => {
    const whole = Math.floor(moment / 1000) * 1000;
    return Date.parse(`${format.format(whole).replace(' ', 'T')}Z`) - whole;
  };
}
