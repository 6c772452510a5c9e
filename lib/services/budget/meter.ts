import { randomUUID } from 'node:crypto';
import type { CallOutcome, CallToAdmit, Meter } from '#lib/dingtalk/client/meter.ts';
import { createRateLimit } from '#lib/dingtalk/client/rate-limit.ts';
import { LEAST_ATTEMPT_MS } from '#lib/dingtalk/transport/deadline.ts';
import { type Allowance, limitFor, monthAround } from '#lib/domain/budget/budget.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { AppError } from '#lib/domain/errors.ts';
import { createWriteBatcher } from '#lib/services/events/write-batcher.ts';
import type { Settled } from '#lib/store/budget/ledger.ts';
import type { Store } from '#lib/store/store.ts';

type Parts = {
  store: Pick<Store, 'chargeCall' | 'settleCalls' | 'takePlace' | 'manyInstances'>;
  clock: Clock;
  allowance: Allowance;
  callsPerSecond: number;
  warn: (fact: string, details?: object) => void;
};

/** A meter whose settlements can be waited for, before the store closes. */
export type LedgerMeter = Meter & { settled(): Promise<void> };

/**
 * Lets metered calls out at the allowed rate and writes each into the ledger before it goes. A call that cannot be
 * written does not go: a month that is counted short is how an organisation runs out of calls.
 */
export function createMeter(parts: Parts): LedgerMeter {
  const { store, clock, allowance } = parts;
  const takePlace = placesOf(parts);
  const settling = createWriteBatcher<Settled>(
    clock,
    (calls) => store.settleCalls(calls),
    (calls, error) => parts.warn('calls not settled', { calls: calls.length, error: String(error) }),
  );
  return {
    async admit(call) {
      await takePlace(call);
      const at = clock.now();
      const id = randomUUID();
      const purpose = call.attempt > 1 ? 'retry' : call.purpose;
      const limit = limitFor(call.purpose, allowance);
      const charge = () => store.chargeCall({ id, at, purpose, api: call.api, asker: call.asker }, limit);
      const admitted = await charge().catch(async (error: unknown) => {
        if (!(error instanceof AppError && error.code === 'too-many-questions')) throw error;
        // Calls that have ended count as unknown IDs until the ledger knows how: it may be what they count for.
        await settling.settled();
        return charge();
      });
      if (!admitted) throw spent(call, allowance, at);
      return {
        settle: (outcome: CallOutcome) => settling.add({ id, settlement: outcome }),
      };
    },
    settled: () => settling.settled(),
  };
}

/** Places within the rate: kept in this process when it is alone, else by the store for all instances. */
function placesOf({ store, clock, callsPerSecond }: Parts): (call: CallToAdmit) => Promise<void> {
  const own = createRateLimit(clock, callsPerSecond);
  if (!store.manyInstances) return ({ api, deadline }) => own.take(api, deadline);
  return async ({ api, deadline }) => {
    const waitMs = await store.takePlace(
      api,
      callsPerSecond,
      Math.max(0, deadline.leftMs() - LEAST_ATTEMPT_MS),
    );
    if (waitMs === null) throw new AppError('dingtalk-throttled.own-rate', { retryAfterSeconds: 1 });
    const place = clock.elapsed() + waitMs;
    // A timer may fire a little early, and a call that early would be one too many in its window.
    for (let left = waitMs; left > 0; left = place - clock.elapsed()) await clock.sleep(left);
  };
}

function spent({ purpose }: CallToAdmit, { monthly }: Allowance, at: number): AppError {
  const why = purpose === 'look-up' || purpose === 'check' ? 'own-limit' : 'reserve';
  return new AppError(`dingtalk-budget-spent.${why}`, {
    values: { limit: String(monthly), resetsAt: new Date(monthAround(at).to).toISOString() },
  });
}
