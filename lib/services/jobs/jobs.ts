import { randomUUID } from 'node:crypto';
import type { DiscoveryDepth } from '#lib/domain/discovery/discovery.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { discover } from '#lib/services/discovery/discover.ts';
import { createRound, type Round } from '#lib/services/discovery/polling-job.ts';
import { startAlertsJob } from './alerts-job.ts';
import { startIssuesJob } from './issues-job.ts';
import { probeJobs, rhythmOf } from './job-progress.ts';
import { startResealingJob } from './resealing-job.ts';
import { startRetentionJob } from './retention-job.ts';
import { type RunningJob, startJob } from './start-job.ts';

/** The lease under which one instance runs discovery and scheduled checks. */
export const JOB_LEASE = 'duties';
const FAILURE = 'duties failed';

const TICK_MS = 5_000;
/** However many rooms are new, the list is not read more often than this because of them. */
const ASKED_LISTING_MS = 30 * 60_000;

/** Starts all background jobs of this process. */
export function startJobs(context: ServiceContext): RunningJob {
  const round = createRound(context);
  // A start may follow a changed configuration: one request tries it at once.
  const probed = probeJobs(context).catch((error) => context.warn(FAILURE, { error: String(error) }));
  const polling = startJob(context, {
    lease: JOB_LEASE,
    failure: FAILURE,
    everyMs: TICK_MS,
    wakeOn: context.store.onFeed,
    async run(signal) {
      await probed;
      return Math.min(TICK_MS, await onJobInstance(context, round, signal));
    },
  });
  const jobs = [
    polling,
    startRetentionJob(context),
    startIssuesJob(context),
    startAlertsJob(context),
    startResealingJob(context),
  ];
  return { stop: async () => void (await Promise.all([probed, ...jobs.map((job) => job.stop())])) };
}

/** Runs discovery if it is due, then one scheduled check. Answers the milliseconds until the next run is worthwhile. */
async function onJobInstance(context: ServiceContext, round: Round, signal: AbortSignal): Promise<number> {
  await beginWhatIsDue(context);
  await discover(context, signal);
  return signal.aborted ? 0 : round.step();
}

/** An empty inventory is discovered by itself; a known one is listed anew as often as the budget allows. */
async function beginWhatIsDue(context: ServiceContext): Promise<void> {
  const { store, clock, operatorUnionId } = context;
  if (operatorUnionId === null) return;
  const last = await store.latestDiscovery();
  if (last && last.state !== 'done') return;
  if (last && !(await isListingDue(context, last.finishedAt ?? 0))) return;
  const depth: DiscoveryDepth = last ? 'changes' : 'full';
  await store.startDiscovery({ id: randomUUID(), depth, startedBy: null, at: clock.now() });
}

/** Events that speak of unknown rooms have the list read sooner, and not again for each of them. */
async function isListingDue(context: ServiceContext, finishedAt: number): Promise<boolean> {
  const age = context.clock.now() - finishedAt;
  if (age >= (await rhythmOf(context)).listMs) return true;
  return age >= ASKED_LISTING_MS && (await context.store.roomsAskedSince(finishedAt));
}
