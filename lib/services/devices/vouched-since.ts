import { monthOf } from '#lib/domain/budget/budget.ts';
import { areEventsSilent, watchedSince } from '#lib/domain/devices/query-decision.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import type { Vouching } from '#lib/services/inventory/inventory.ts';

type Context = Pick<ServiceContext, 'store' | 'clock'> & {
  events: Pick<ServiceContext['events'], 'transport' | 'monthly'>;
};

/** How far back checks say whether events can be trusted. */
const TRUST_MS = 30 * 24 * 60 * 60 * 1000;

/** An answer of the store is good for so long: a stream that ends is noticed a minute later at the earliest. */
const KEPT_MS = 5_000;

/**
 * Since when an open event transport would have reported any change, in milliseconds since the epoch; null while none
 * does: events are off, there was a break, DingTalk has no pushes left this month, or checks found changes that no event
 * reported.
 */
export async function vouchedSince({ store, clock, events }: Context): Promise<number | null> {
  if (events.transport === 'off') return null;
  const now = clock.now();
  const since = watchedSince(await store.watches(0, now), now);
  if (since === null) return null;
  const [pushes, trust] = await Promise.all([store.pushes(monthOf(now)), store.pushTrust(now - TRUST_MS)]);
  return pushes.total < events.monthly && !areEventsSilent(trust) ? since : null;
}

/**
 * As `vouchedSince`, asked of the store once for many requests. Of a past moment only breaks are known: whether pushes
 * were spent or events silent then is not stored.
 */
export function createVouching(context: Context): Vouching {
  const { store, clock } = context;
  let kept: { at: number; since: Promise<number | null> } | null = null;
  return {
    now: () => clock.now(),
    async since(moment) {
      if (moment !== undefined) return watchedSince(await store.watches(0, moment), moment);
      const at = clock.elapsed();
      if (kept && at - kept.at < KEPT_MS) return kept.since;
      const asked = { at, since: vouchedSince(context) };
      kept = asked;
      asked.since.catch(() => {
        if (kept === asked) kept = null;
      });
      return asked.since;
    },
  };
}
