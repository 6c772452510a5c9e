import { type Allowance, monthOf } from '#lib/domain/budget.ts';
import type { Clock } from '#lib/domain/clock.ts';
import type { Store } from '#lib/store/store.ts';

/** What may still be spent, for screens: never more than two seconds old. */
export type Budget = {
  allowance: Allowance;
  /** Calls that people's questions may still cost this month. */
  callsLeft(): Promise<number>;
};

const KEPT_MS = 2_000;

/** The sum is asked of the ledger once in a while, however many pages show it. */
export function createBudget(store: Pick<Store, 'spending'>, clock: Clock, allowance: Allowance): Budget {
  let known: { until: number; left: Promise<number> } | null = null;
  return {
    allowance,
    callsLeft() {
      if (!known || known.until < clock.elapsed()) {
        const left = store
          .spending(monthOf(clock.now()))
          .then(({ total }) => Math.max(0, allowance.monthly - total));
        known = { until: clock.elapsed() + KEPT_MS, left };
        left.catch(() => {
          known = null;
        });
      }
      return known.left;
    },
  };
}
