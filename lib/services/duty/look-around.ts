import { limitFor, monthAround, monthOf } from '#lib/domain/budget.ts';
import { refTo } from '#lib/domain/device-ref.ts';
import { asAppError, type ErrorReason } from '#lib/domain/errors.ts';
import type { FleetDevice } from '#lib/domain/fleet.ts';
import { LOOK_AFTER_MS } from '#lib/domain/look-plan.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { observe } from '#lib/services/observe.ts';
import { restAfter, stopsDiscovery } from './going-on.ts';

/** However much budget is left, the desk by itself is in no hurry. */
const LEAST_PACE_MS = 1_000;
const MINUTE = 60_000;
/** A device that DingTalk refuses to the desk's operator is asked for again when somebody may have mended that. */
const REFUSED_FOR_MS = 24 * 60 * MINUTE;

/** The standing round of one process: one look at a time, at a pace that lasts until the month ends. */
export type Round = {
  /** Makes the look that is due, if the pace allows one; answers the milliseconds until it may be worth coming back. */
  step(): Promise<number>;
};

/**
 * The milliseconds between two looks so that what the desk may spend by itself lasts until the month ends; null when
 * nothing is left of it.
 */
export async function paceOf(
  context: Pick<ServiceContext, 'store' | 'clock' | 'budget'>,
): Promise<number | null> {
  const now = context.clock.now();
  const { total } = await context.store.spending(monthOf(now));
  const left = limitFor('sweep', context.budget.allowance) - total;
  return left <= 0 ? null : Math.max(LEAST_PACE_MS, (monthAround(now).to - now) / left);
}

export function createRound(context: ServiceContext): Round {
  const { clock, store, warn } = context;
  let notBefore = Number.NEGATIVE_INFINITY;
  const rest = (ms: number) => {
    notBefore = clock.elapsed() + ms;
    return ms;
  };
  return {
    async step() {
      const waitMs = notBefore - clock.elapsed();
      if (waitMs > 0) return waitMs;
      const [device] = await store.dueLooks(clock.now(), 1);
      const ref = device && refTo(device);
      if (!ref) return MINUTE;
      const paceMs = await paceOf(context);
      if (paceMs === null) return rest(10 * MINUTE);
      try {
        await observe(context, ref, purposeOf(device));
        await leaveTheFutureAlone(context, device);
      } catch (thrown) {
        const error = asAppError(thrown);
        warn('look failed', { reason: error.reason });
        if (stopsDiscovery(error)) return rest(restAfter(error.reason as ErrorReason));
        // The next one may well answer: this one's turn comes again in a while.
        const afterMs = error.reason === 'dingtalk-refused.operator' ? REFUSED_FOR_MS : 30 * MINUTE;
        const why = device.nextLook?.why ?? 'routine';
        await store.planLook(device.key, { at: clock.now() + afterMs, why });
      }
      return rest(paceMs);
    },
  };
}

/** A reading from the future, from before the clock was set back, outlives every look: the next one waits for it. */
async function leaveTheFutureAlone(
  { store, clock }: ServiceContext,
  { key, nextLook, observedAt }: FleetDevice,
) {
  const now = clock.now();
  if (observedAt === null || observedAt <= now || !nextLook) return;
  await store.planLook(key, { ...nextLook, at: now + LOOK_AFTER_MS.routine });
}

const purposeOf = ({ nextLook }: FleetDevice) =>
  nextLook?.why === 'routine' || nextLook?.why === 'idle-long' ? 'sweep' : 'watch';
