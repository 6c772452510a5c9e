import { dayOf, monthAround, monthOf, type Spending, startOfDay } from './budget.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A week holds a weekend: office devices are looked up by the day of the week. */
const DAYS = 7;

/**
 * What a month will have cost at the pace of today and the six days before, and when `limit` is reached if that is before
 * the month ends; milliseconds since the epoch. A month's first week goes by the days it has had, at least one.
 */
export function forecast(
  spending: Spending,
  limit: number,
  now: number,
): { expected: number; endsAt: number | null } {
  const month = monthAround(now);
  if (spending.month !== monthOf(now)) return { expected: spending.total, endsAt: null };
  const since = Math.max(month.from, startOfDay(now - (DAYS - 1) * DAY_MS));
  const days = Math.max(1, (now - since) / DAY_MS);
  const recent = spending.byDay
    .filter(({ day }) => day >= dayOf(since))
    .reduce((sum, { calls }) => sum + calls, 0);
  const perMs = recent / (days * DAY_MS);
  const expected = Math.round(spending.total + perMs * (month.to - now));
  if (spending.total >= limit) return { expected, endsAt: now };
  const endsAt = perMs === 0 ? Number.POSITIVE_INFINITY : now + (limit - spending.total) / perMs;
  return { expected, endsAt: endsAt < month.to ? Math.round(endsAt) : null };
}
