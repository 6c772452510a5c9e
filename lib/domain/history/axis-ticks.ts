const HOUR_MS = 60 * 60 * 1000;

/** How far ticks may be apart: hours of a day, or whole days. */
const HOURS = [1, 3, 6, 12];
const DAYS = [1, 2, 7, 14, 28, 56];

/** A moment on the axis of a picture; `day` where a day begins. */
export type AxisTick = { at: number; day: boolean };

/**
 * Round moments of the reader's own calendar within a window, at most `most` of them as near as that allows. They are
 * counted in calendar days, so that a day of 23 or 25 hours moves nothing.
 */
export function axisTicks(from: number, to: number, most: number): AxisTick[] {
  const days = daysOf(from, to);
  for (const hours of HOURS) {
    if ((to - from) / (hours * HOUR_MS) > most) continue;
    const ticks = days.flatMap((day) => hoursOf(day, hours)).filter(({ at }) => at >= from && at < to);
    if (ticks.length <= most) return ticks;
  }
  const within = days.map((day) => day.getTime()).filter((at) => at >= from && at < to);
  const step =
    DAYS.find((count) => Math.ceil(within.length / count) <= most) ?? Math.ceil(within.length / most);
  return within.filter((_, index) => index % step === 0).map((at) => ({ at, day: true }));
}

/** The beginnings of all days that the window touches. */
function daysOf(from: number, to: number): Date[] {
  const days: Date[] = [];
  const first = new Date(from);
  for (let count = 0; ; count += 1) {
    const day = new Date(first.getFullYear(), first.getMonth(), first.getDate() + count);
    if (day.getTime() >= to) return days;
    days.push(day);
  }
}

function hoursOf(day: Date, step: number): AxisTick[] {
  const ticks: AxisTick[] = [];
  for (let hour = 0; hour < 24; hour += step) {
    const at = new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour).getTime();
    // An hour that the clocks leave out is the one after it.
    if (ticks.at(-1)?.at !== at) ticks.push({ at, day: hour === 0 });
  }
  return ticks;
}
