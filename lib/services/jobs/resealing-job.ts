import type { ServiceContext } from '#lib/services/context.ts';
import type { SealedPlace } from '#lib/store/sealing/sealing.ts';
import { type RunningJob, startJob } from './start-job.ts';

const SEALING_LEASE = 'sealing';

/** All rows are checked at the start and again a day later, because another instance may still have used the old secret. */
const EVERY_MS = 24 * 60 * 60_000;
/** The wait after a failure, or while another instance runs the job. */
const AGAIN_MS = 10 * 60_000;
/** The pause between two steps leaves the database, and on SQLite the process, to requests. */
const PAUSE_MS = 50;

type Context = Pick<ServiceContext, 'store' | 'clock' | 'instanceId' | 'warn' | 'alerts'>;

/**
 * Seals what is stored with the current AUTH_SECRET: after an upgrade, and after AUTH_SECRET was changed. Ends when nothing
 * is left to do a day after it was done.
 */
export function startResealingJob(context: Context): RunningJob {
  let passes = 0;
  return startJob(context, {
    lease: SEALING_LEASE,
    failure: 'sealing failed',
    everyMs: AGAIN_MS,
    async run(signal) {
      const due = await sealAll(context, signal);
      if (due === null) return undefined;
      passes += 1;
      return due === 0 && passes > 1 ? 'done' : EVERY_MS;
    },
  });
}

/** Checks all rows. Answers how many had to be sealed; null when the signal aborted before the end. */
async function sealAll({ store, clock, warn, alerts }: Context, signal: AbortSignal): Promise<number | null> {
  let [due, foreign] = [0, 0];
  let place: SealedPlace | null = null;
  do {
    const step = await store.sealStored(place);
    due += step.due;
    foreign += step.foreign;
    place = step.next;
    await clock.sleep(PAUSE_MS, signal).catch(() => undefined);
  } while (place !== null && !signal.aborted);
  if (place !== null) return null;
  await sealChannels({ store, alerts });
  if (foreign > 0) warn('stored values of an unknown AUTH_SECRET', { rows: foreign });
  return due;
}

/** Seals the targets of channels again. Those that no known secret opens stay until somebody edits the channel. */
async function sealChannels({ store, alerts }: Pick<Context, 'store' | 'alerts'>): Promise<void> {
  for (const { id } of await store.channels()) {
    const kept = await store.channelById(id);
    if (!kept || alerts.seal.isCurrent(kept.sealed)) continue;
    const target = alerts.seal.open(id, kept.sealed);
    if (target !== null) await store.resealChannel(id, kept.sealed, alerts.seal.seal(id, target));
  }
}
