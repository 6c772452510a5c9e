import { monthAround, monthOf } from '#lib/domain/budget/budget.ts';
import { forecast } from '#lib/domain/budget/forecast.ts';

/**
 * What was taken from a month's allowance of pushes, months and days by Shanghai's calendar. DingTalk counts the events
 * that it sends and the messages of group robots together.
 */
export type Pushes = {
  total: number;
  events: number;
  robots: number;
  byDay: { day: string; pushes: number }[];
};

/**
 * How messages of group robots go out: each by itself, several together at most once in `everyMs`, or not before the
 * allowance is renewed `until`, milliseconds since the epoch.
 */
export type RobotPace =
  | { mode: 'each' }
  | { mode: 'digest'; everyMs: number }
  | { mode: 'spent'; until: number };

const MINUTE = 60_000;

/** From these shares of the allowance on, robots send digests whatever the forecast says. */
export const DIGEST_FROM = 0.8;
export const HOURLY_FROM = 0.95;
/** Below this share a forecast rests on too few days and events to delay a notification for it. */
export const FORECAST_FROM = 0.2;
export const DIGEST_EVERY_MS = 15 * MINUTE;
export const HOURLY_MS = 60 * MINUTE;

/**
 * What a month's pushes will be at the present pace, and when the allowance ends if that is before the month does.
 * @param pushes of the month that holds `now`
 * @param limit pushes that DingTalk allows in a month
 * @param now milliseconds since the epoch
 */
export function pushForecast(
  pushes: Pick<Pushes, 'total' | 'byDay'>,
  limit: number,
  now: number,
): { expected: number; endsAt: number | null } {
  const byDay = pushes.byDay.map(({ day, pushes: calls }) => ({ day, purpose: 'watch' as const, calls }));
  return forecast({ month: monthOf(now), total: pushes.total, byDay }, limit, now);
}

/**
 * How robots may send now. E-mail and webhooks are never held back: they use no push.
 * @param pushes of the month that holds `now`
 * @param limit pushes that DingTalk allows in a month
 * @param now milliseconds since the epoch
 */
export function robotPace(pushes: Pick<Pushes, 'total' | 'byDay'>, limit: number, now: number): RobotPace {
  const { total } = pushes;
  if (total >= limit) return { mode: 'spent', until: monthAround(now).to };
  if (total >= limit * HOURLY_FROM) return { mode: 'digest', everyMs: HOURLY_MS };
  const runsOut = total >= limit * FORECAST_FROM && pushForecast(pushes, limit, now).endsAt !== null;
  return runsOut || total >= limit * DIGEST_FROM
    ? { mode: 'digest', everyMs: DIGEST_EVERY_MS }
    : { mode: 'each' };
}
