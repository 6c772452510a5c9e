import { type Allowance, monthAround, monthOf } from '#lib/domain/budget.ts';
import type { Clock } from '#lib/domain/clock.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import { shortageOf } from '#lib/domain/forecast.ts';
import type { Store } from '#lib/store/store.ts';

/** What may still be spent, for screens: never more than two seconds old. */
export type Budget = {
  allowance: Allowance;
  /** Calls that people's questions may still cost this month. */
  callsLeft(): Promise<number>;
  /** Why queries that nobody insists on spend nothing until the month ends; null while the budget lasts. */
  shortage(): Promise<ErrorReason<'dingtalk-budget-spent'> | null>;
};

const KEPT_MS = 2_000;

type Known = { left: number; shortage: Awaited<ReturnType<Budget['shortage']>> };

/** The sum is asked of the ledger once in a while, however many pages show it. */
export function createBudget(
  store: Pick<Store, 'spending' | 'fullDiscoveries'>,
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
    return {
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
  return {
    allowance,
    callsLeft: async () => (await recent()).left,
    shortage: async () => (await recent()).shortage,
  };
}
