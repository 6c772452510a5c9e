import type { ServiceContext } from '#lib/services/context.ts';
import { holdLease, LEASE_MS } from './hold-lease.ts';

/** A job that runs in the background of this process. */
export type RunningJob = {
  /** Aborts the run under way, waits for its end and releases the lease. */
  stop(): Promise<void>;
};

type Repeated = {
  /** The log entry for a run that fails, with its error. */
  failure: string;
  /** Milliseconds between two runs. */
  everyMs: number;
  /** One run. It may answer the milliseconds until the next one instead of `everyMs`, or `done` to be the last. */
  run: (signal: AbortSignal) => Promise<Next>;
};

type Next = number | 'done' | undefined;

type Job = Repeated & {
  /** The lease under which one instance runs the job; null for a job that every process runs. */
  lease: string | null;
  /** Calls back when the next run need not wait any longer. Answers how to unsubscribe. */
  wakeOn?: (wake: () => void) => () => void;
};

type JobContext = Pick<ServiceContext, 'store' | 'clock' | 'instanceId' | 'warn'>;

/**
 * Starts a job that runs at once and again every `everyMs` until it is stopped or done. A failure is logged, and the job
 * runs again at its time. The `signal` of a run aborts when the job is stopped or its lease is lost. An instance keeps the
 * lease between two runs, unless the next run comes only after the lease has expired.
 */
export function startJob(context: JobContext, { lease, wakeOn, ...job }: Job): RunningJob {
  const stopped = new AbortController();
  let wake = new AbortController();
  const unsubscribe = wakeOn?.(() => wake.abort());
  const release = async () => {
    if (lease !== null) await context.store.releaseLease(lease, context.instanceId).catch(() => undefined);
  };
  const run = async (signal: AbortSignal) => {
    if (lease === null) return job.run(signal);
    const held = await holdLease(context, lease, signal);
    if (!held) return undefined;
    let next: Next;
    try {
      next = await job.run(held.signal);
      return next;
    } finally {
      held.end();
      if (waitOf(next, job.everyMs) > LEASE_MS) await release();
    }
  };
  const rest = async (ms: number) => {
    wake = new AbortController();
    const woken = wakeOn ? AbortSignal.any([wake.signal, stopped.signal]) : stopped.signal;
    await context.clock.sleep(ms, woken).catch(() => undefined);
  };
  const running = repeat(context, { ...job, run }, stopped.signal, rest).then(release);
  return {
    async stop() {
      stopped.abort();
      unsubscribe?.();
      await running;
    },
  };
}

/** Runs at once and again every `everyMs` until the signal aborts or a run answers `done`; a failure is logged. */
export async function repeat(
  { clock, warn }: Pick<JobContext, 'clock' | 'warn'>,
  { failure, everyMs, run }: Repeated,
  signal: AbortSignal,
  rest = (ms: number) => clock.sleep(ms, signal).catch(() => undefined),
): Promise<void> {
  while (!signal.aborted) {
    const next = await run(signal).catch((error: unknown) => {
      warn(failure, { error: String(error) });
      return undefined;
    });
    if (next === 'done') return;
    await rest(waitOf(next, everyMs));
  }
}

const waitOf = (next: Next, everyMs: number) => (typeof next === 'number' ? next : everyMs);
