import { randomUUID } from 'node:crypto';
import type { DiscoveryDepth } from '#lib/domain/discovery/discovery.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { discover } from '#lib/services/discovery/discover.ts';
import { createRound, type Round } from '#lib/services/discovery/polling-job.ts';
import { startAlerts } from './alerts-job.ts';
import { holdLease } from './hold-lease.ts';
import { startIssuesJob } from './issues-job.ts';
import { probeJobs, rhythmOf } from './job-progress.ts';
import { startSealing } from './resealing-job.ts';
import { startTidying } from './retention-job.ts';

/** The lease under which one instance discovers and goes round. */
export const JOB_LEASE = 'duties';

const TICK_MS = 5_000;
/** However many rooms are made in a morning, the list is not read more often than this for them. */
const ASKED_LISTING_MS = 30 * 60_000;

/** What one instance does by itself, while it holds the lease. */
export type Jobs = {
  /** Stops after the step under way and gives the lease back. */
  stop(): Promise<void>;
};

/** Begins the desk's own work in this process: whoever gets the lease discovers and looks around, the others wait. */
export function startJobs(context: ServiceContext): Jobs {
  const { store, clock, instanceId, warn } = context;
  const stopped = new AbortController();
  let wake = new AbortController();
  const round = createRound(context);
  const unsubscribe = store.onFeed(() => wake.abort());

  const rest = async (ms: number) => {
    wake = new AbortController();
    await clock.sleep(ms, AbortSignal.any([wake.signal, stopped.signal])).catch(() => undefined);
  };
  const live = async () => {
    // A start may follow a changed configuration: one request tries it at once.
    await probeJobs(context).catch((error) => warn('duties failed', { error: String(error) }));
    while (!stopped.signal.aborted) {
      let waitMs = TICK_MS;
      try {
        const lease = await holdLease(context, JOB_LEASE, stopped.signal);
        if (lease) waitMs = await onJobInstance(context, round, lease.signal).finally(lease.end);
      } catch (error) {
        warn('duties failed', { error: String(error) });
      }
      await rest(Math.min(TICK_MS, waitMs));
    }
    await store.releaseLease(JOB_LEASE, instanceId).catch(() => undefined);
  };
  const living = live();
  const tidying = startTidying(context);
  const issues = startIssuesJob(context);
  const alerts = startAlerts(context);
  const sealing = startSealing(context);
  return {
    async stop() {
      stopped.abort();
      unsubscribe();
      await Promise.all([living, tidying.stop(), issues.stop(), alerts.stop(), sealing.stop()]);
    },
  };
}

/** One pass: what must be found first, then one look of the round. Answers when it is worth coming back. */
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
