import type { ErrorReason } from '#lib/domain/errors.ts';
import { type Allowance, dayOf, monthAround, monthOf, type Spending, startOfDay } from './budget.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A week holds a weekend: office devices are looked up by the day of the week. */
const DAYS = 7;

/** Of fewer calls than this share of the budget a forecast is too uncertain to act on. */
const ACT_FROM_SHARE = 0.25;

/** A stretch of time in milliseconds since the epoch; `to` is null while it lasts. */
type Stretch = { from: number; to: number | null };

/**
 * Forecasts a month's spending from the pace of today and the six days before.
 *
 * @param spending what was spent, by day and purpose
 * @param limit calls allowed in the month
 * @param now milliseconds since the epoch
 * @param fullDiscoveries full discovery runs; they find everything once, so their calls count as spent and not as pace
 * @returns `expected` calls by the end of the month, and `endsAt`, when the limit is reached if that is before the month
 *   ends. A month's first week goes by the days it has had, at least one.
 */
export function forecast(
  spending: Spending,
  limit: number,
  now: number,
  fullDiscoveries: readonly Stretch[] = [],
): { expected: number; endsAt: number | null } {
  const month = monthAround(now);
  if (spending.month !== monthOf(now)) return { expected: spending.total, endsAt: null };
  const since = Math.max(month.from, startOfDay(now - (DAYS - 1) * DAY_MS));
  const days = Math.max(1, (now - since) / DAY_MS);
  const isOnce = ({ day, purpose }: Spending['byDay'][number]) =>
    purpose === 'discovery' &&
    fullDiscoveries.some(({ from, to }) => day >= dayOf(from) && day <= dayOf(to ?? now));
  const recent = spending.byDay
    .filter((spent) => spent.day >= dayOf(since) && !isOnce(spent))
    .reduce((sum, { calls }) => sum + calls, 0);
  const perMs = recent / (days * DAY_MS);
  const expected = Math.round(spending.total + perMs * (month.to - now));
  if (spending.total >= limit) return { expected, endsAt: now };
  const endsAt = perMs === 0 ? Number.POSITIVE_INFINITY : now + (limit - spending.total) / perMs;
  return { expected, endsAt: endsAt < month.to ? Math.round(endsAt) : null };
}

/**
 * Why queries that nobody insists on spend nothing for the rest of the month, or null while the budget lasts. It runs short
 * when only the reserve for manual refreshes is left, or when at least a quarter of it is spent and the forecast says that
 * it ends before the month does.
 */
export function shortageOf(
  spending: Spending,
  { monthly, reserve }: Allowance,
  now: number,
  fullDiscoveries: readonly Stretch[],
): ErrorReason<'dingtalk-budget-spent'> | null {
  const { total } = spending;
  if (total >= monthly) return 'dingtalk-budget-spent.own-limit';
  const isReserve = total >= monthly - reserve;
  const endsEarly = () => forecast(spending, monthly, now, fullDiscoveries).endsAt !== null;
  const isShort = isReserve || (total >= monthly * ACT_FROM_SHARE && endsEarly());
  return isShort ? 'dingtalk-budget-spent.running-short' : null;
}
