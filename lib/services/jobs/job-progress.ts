import { limitFor, monthOf } from '#lib/domain/budget/budget.ts';
import type { DiscoveryRun } from '#lib/domain/discovery/discovery.ts';
import { mayProbe, PROBE_EVERY_MS } from '#lib/domain/discovery/job-pause.ts';
import { listingRhythm } from '#lib/domain/discovery/polling-schedule.ts';
import type { AppError, ErrorReason } from '#lib/domain/errors.ts';
import type { ServiceContext } from '#lib/services/context.ts';

const MINUTE = 60_000;

/**
 * Whether an error speaks of the desk, its budget or DingTalk as a whole, rather than of one room or device. Whom
 * DingTalk lets ask for a device is not known, so that the operator is refused may be about that device alone.
 */
export function stopsDiscovery({ code, reason }: AppError): boolean {
  if (reason === 'dingtalk-refused.operator') return false;
  return (
    code === 'dingtalk-budget-spent' ||
    code === 'dingtalk-refused' ||
    reason === 'dingtalk-throttled.banned' ||
    reason === 'dingtalk-unreachable.no-connection' ||
    reason === 'dingtalk-unreachable.proxy' ||
    code === 'internal'
  );
}

/** Milliseconds that something which stopped the jobs is left alone before it is tried again. */
export function restAfter(reason: ErrorReason): number {
  if (isRefused(reason)) return PROBE_EVERY_MS;
  if (reason === 'dingtalk-throttled.banned') return 5 * MINUTE;
  // Other apps of the organisation spent it; somebody may buy more.
  if (reason === 'dingtalk-budget-spent.organisation-quota') return 60 * MINUTE;
  return MINUTE;
}

/** Whether DingTalk refused the app or the operator, so that the jobs wait for the one pause that all of them share. */
export const isRefused = (reason: ErrorReason | null): boolean =>
  reason?.startsWith('dingtalk-refused.') ?? false;

/** Pauses all jobs that query DingTalk. Answers the milliseconds until one request tries again. */
export async function pauseJobs({ store, clock }: ServiceContext, reason: ErrorReason): Promise<number> {
  const now = clock.now();
  await store.pauseJobs({ reason, since: now, probeAt: now + PROBE_EVERY_MS });
  return PROBE_EVERY_MS;
}

/** Lets paused jobs send one request at once rather than at their next attempt; it may find the cause mended. */
export async function probeJobs({ store, clock }: Pick<ServiceContext, 'store' | 'clock'>): Promise<void> {
  const pause = await store.jobPause();
  if (pause) await store.pauseJobs({ ...pause, probeAt: clock.now() });
}

/** Whether a run may be taken up now. One that the desk's own budget stopped waits for budget, others for a while. */
export async function mayGoOn(context: ServiceContext, run: DiscoveryRun): Promise<boolean> {
  const now = context.clock.now();
  if (!mayProbe(await context.store.jobPause(), now)) return false;
  // Whatever ended the pause that all jobs share also ended this run's.
  if (run.state !== 'paused' || run.pausedBy === null || isRefused(run.pausedBy)) return true;
  if (run.pausedBy === 'dingtalk-budget-spent.reserve') return (await ownCallsLeft(context)) > 0;
  return now - run.movedAt >= restAfter(run.pausedBy);
}

/** Calls that the desk may still make by itself this month. */
export async function ownCallsLeft({ store, clock, budget }: ServiceContext): Promise<number> {
  const { total } = await store.spending(monthOf(clock.now()));
  return Math.max(0, limitFor('sweep', budget.allowance) - total);
}

/** How often this many rooms can be listed within the budget. */
export async function rhythmOf({ inventory, budget }: Pick<ServiceContext, 'inventory' | 'budget'>) {
  const { rooms } = await inventory.current();
  return listingRhythm(rooms.known, limitFor('sweep', budget.allowance));
}
