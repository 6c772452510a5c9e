import { limitFor, monthAround, monthOf } from '#lib/domain/budget/budget.ts';
import { refTo } from '#lib/domain/devices/device-ref.ts';
import { countRefusals, type JobPause, mayProbe } from '#lib/domain/discovery/job-pause.ts';
import { CHECK_AFTER_MS } from '#lib/domain/discovery/polling-schedule.ts';
import { asAppError } from '#lib/domain/errors.ts';
import type { FleetDevice } from '#lib/domain/inventory/fleet.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { observe } from '#lib/services/devices/observe.ts';
import { pauseJobs, restAfter, stopsDiscovery } from '#lib/services/jobs/job-progress.ts';

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
  let refusals = countRefusals(false);
  /** Devices that were refused since DingTalk last answered. */
  let refused: FleetDevice[] = [];
  const rest = (ms: number) => {
    notBefore = clock.elapsed() + ms;
    return ms;
  };
  const answered = async (pause: JobPause | null) => {
    refusals.answered();
    refused = [];
    if (pause) await store.resumeJobs(clock.now());
  };
  const failed = async (device: FleetDevice, thrown: unknown): Promise<number | null> => {
    const error = asAppError(thrown);
    warn('look failed', { reason: error.reason });
    const isOperator = error.reason === 'dingtalk-refused.operator';
    if (isOperator) refused.push(device);
    if (refusals.pauses(error)) {
      const restMs = await pauseJobs(context, error.reason);
      // Whom it concerned was not these devices: their checks go on with the others, and another one is tried next.
      await Promise.all(refused.map((each) => postpone(context, each, restMs)));
      refused = [];
      return restMs;
    }
    if (stopsDiscovery(error)) return rest(restAfter(error.reason));
    // The next one may well answer: this one's turn comes again in a while.
    await postpone(context, device, isOperator ? REFUSED_FOR_MS : 30 * MINUTE);
    return null;
  };
  return {
    async step() {
      const pause = await store.jobPause();
      if (!mayProbe(pause, clock.now())) return MINUTE;
      const waitMs = notBefore - clock.elapsed();
      if (waitMs > 0 && pause === null) return waitMs;
      const [device] = await store.dueChecks(clock.now(), 1);
      const ref = device && refTo(device);
      if (!ref) return MINUTE;
      const paceMs = await paceOf(context);
      if (paceMs === null) return rest(10 * MINUTE);
      if (pause) refusals = countRefusals(true);
      try {
        await observe(context, ref, purposeOf(device));
        await answered(pause);
        await leaveTheFutureAlone(context, device);
      } catch (thrown) {
        const restMs = await failed(device, thrown);
        if (restMs !== null) return restMs;
      }
      return rest(paceMs);
    },
  };
}

const postpone = ({ store, clock }: ServiceContext, { key, nextCheck }: FleetDevice, ms: number) =>
  store.planCheck(key, { at: clock.now() + ms, reason: nextCheck?.reason ?? 'routine' });

/** A reading from the future, from before the clock was set back, outlives every look: the next one waits for it. */
async function leaveTheFutureAlone(
  { store, clock }: ServiceContext,
  { key, nextCheck, observedAt }: FleetDevice,
) {
  const now = clock.now();
  if (observedAt === null || observedAt <= now || !nextCheck) return;
  await store.planCheck(key, { ...nextCheck, at: now + CHECK_AFTER_MS.routine });
}

const purposeOf = ({ nextCheck }: FleetDevice) =>
  nextCheck?.reason === 'routine' || nextCheck?.reason === 'idle-long' ? 'sweep' : 'watch';
