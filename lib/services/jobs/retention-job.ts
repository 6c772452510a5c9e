import { RETENTION_EVERY_MS, type RetentionPlace } from '#lib/domain/history/retention.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { type RunningJob, startJob } from './start-job.ts';

const RETENTION_LEASE = 'tidying';

/** Deletion is due once a day; this is how often the job checks whether it is. */
const ASKED_EVERY_MS = 10 * 60_000;
/** The pause between two steps leaves the database, and on SQLite the process, to requests. */
const PAUSE_MS = 50;

/** Deletes what is older than its retention time, once a day, in small steps. */
export const startRetentionJob = (
  context: Pick<ServiceContext, 'store' | 'clock' | 'instanceId' | 'warn'>,
): RunningJob =>
  startJob(context, {
    lease: RETENTION_LEASE,
    failure: 'tidying failed',
    everyMs: ASKED_EVERY_MS,
    async run(signal) {
      const { store, clock } = context;
      if (clock.now() - (await store.retentionRanAt()) < RETENTION_EVERY_MS) return;
      let place: RetentionPlace | null = null;
      do {
        ({ next: place } = await store.deleteOld(place, clock.now()));
        await clock.sleep(PAUSE_MS, signal).catch(() => undefined);
      } while (place !== null && !signal.aborted);
    },
  });
