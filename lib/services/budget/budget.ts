import {
  type Allowance,
  dailyShareOf,
  dayOf,
  endOfDay,
  monthAround,
  monthOf,
} from '#lib/domain/budget/budget.ts';
import { shortageOf } from '#lib/domain/budget/forecast.ts';
import type { Clock } from '#lib/domain/clock.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import type { Store } from '#lib/store/store.ts';

/** What may still be spent, for screens: never more than two seconds old. */
export type Budget = {
  allowance: Allowance;
  /** Calls that people's questions may still cost this month. */
  callsLeft(): Promise<number>;
  /** What one person or token may still cause today. */
  shareOf(subject: string): Promise<Share>;
  /** Why queries that nobody insists on spend nothing until the month ends; null while the budget lasts. */
  shortage(): Promise<ErrorReason<'dingtalk-budget-spent'> | null>;
};

/** A person's share of the day. `renewsAt` is milliseconds since the epoch. */
export type Share = { limit: number; left: number; unknownIdsLeft: number; renewsAt: number };

const KEPT_MS = 2_000;

type Known = { left: number; spentBefore: number; shortage: Awaited<ReturnType<Budget['shortage']>> };

/** The sum is asked of the ledger once in a while, however many pages show it. */
export function createBudget(
  store: Pick<Store, 'spending' | 'spenders' | 'fullDiscoveries'>,
  clock: Clock,
  allowance: Allowance,
): Budget {
  let known: { until: number; value: Promise<Known> } | null = null;
  const read = async (): Promise<Known> => {
    const now = clock.now();
    const [spending, fullDiscoveries] = await Promise.all([
      store.spending(monthOf(now)),
      store.fullDiscoveries(monthAround(now).from),
    ]);
    const today = spending.byDay.filter(({ day }) => day === dayOf(now));
    return {
      spentBefore: spending.total - today.reduce((sum, { calls }) => sum + calls, 0),
      left: Math.max(0, allowance.monthly - spending.total),
      shortage: shortageOf(spending, allowance, now, fullDiscoveries),
    };
  };
  const recent = () => {
    if (!known || known.until < clock.elapsed()) {
      const value = read();
      known = { until: clock.elapsed() + KEPT_MS, value };
      value.catch(() => {
        known = null;
      });
    }
    return known.value;
  };
  const readShare = async (subject: string): Promise<Share> => {
    const now = clock.now();
    const [{ spentBefore }, [used]] = await Promise.all([recent(), store.spenders(dayOf(now), subject)]);
    const share = dailyShareOf(allowance.monthly, spentBefore);
    return {
      limit: share.calls,
      left: Math.max(0, share.calls - (used?.calls ?? 0)),
      unknownIdsLeft: Math.max(0, share.unknownIds - (used?.unknownIds ?? 0)),
      renewsAt: endOfDay(now),
    };
  };
  const shares = new Map<string, { until: number; value: Promise<Share> }>();
  return {
    allowance,
    shareOf(subject) {
      const now = clock.elapsed();
      const kept = shares.get(subject);
      if (kept && kept.until >= now) return kept.value;
      for (const [name, { until }] of shares) if (until < now) shares.delete(name);
      const value = readShare(subject);
      shares.set(subject, { until: now + KEPT_MS, value });
      value.catch(() => shares.delete(subject));
      return value;
    },
    callsLeft: async () => (await recent()).left,
    shortage: async () => (await recent()).shortage,
  };
}
