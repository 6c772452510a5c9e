import type { ServiceContext } from '#lib/services/context.ts';
import type { SealedPlace } from '#lib/store/sealing/sealing.ts';
import { holdLease } from './hold-lease.ts';

const SEALING_LEASE = 'sealing';

/** Everything is looked through at the start and again a day later: another instance may have gone on with the old secret. */
const EVERY_MS = 24 * 60 * 60_000;
/** After a failure, or while another instance is at it. */
const AGAIN_MS = 10 * 60_000;
/** Between two steps others have the database, and on SQLite the process, to themselves. */
const PAUSE_MS = 50;

type Context = Pick<ServiceContext, 'store' | 'clock' | 'instanceId' | 'warn' | 'alerts'>;

/**
 * Seals what is stored with the current AUTH_SECRET: after an upgrade, and after AUTH_SECRET was changed. Ends when nothing
 * is left to do a day after it was done.
 */
export function startSealing(context: Context): { stop(): Promise<void> } {
  const { clock, warn } = context;
  const stopped = new AbortController();
  const live = async () => {
    for (let passes = 0; !stopped.signal.aborted; ) {
      const due = await sealAll(context, stopped.signal).catch((error: unknown) => {
        warn('sealing failed', { error: String(error) });
        return null;
      });
      if (due !== null) passes += 1;
      if (due === 0 && passes > 1) return;
      await clock.sleep(due === null ? AGAIN_MS : EVERY_MS, stopped.signal).catch(() => undefined);
    }
  };
  const living = live();
  return {
    async stop() {
      stopped.abort();
      await living;
    },
  };
}

/** Looks through everything and answers how many rows were due; null when it was broken off or another instance is at it. */
async function sealAll(context: Context, signal: AbortSignal): Promise<number | null> {
  const { store, clock, instanceId, warn } = context;
  const lease = await holdLease(context, SEALING_LEASE, signal);
  if (!lease) return null;
  let [due, foreign] = [0, 0];
  try {
    let place: SealedPlace | null = null;
    do {
      const step = await store.sealStored(place);
      due += step.due;
      foreign += step.foreign;
      place = step.next;
      await clock.sleep(PAUSE_MS, lease.signal).catch(() => undefined);
    } while (place !== null && !lease.signal.aborted);
    if (place !== null) return null;
    await sealChannels(context);
    if (foreign > 0) warn('stored values of an unknown AUTH_SECRET', { rows: foreign });
    return due;
  } finally {
    lease.end();
    await store.releaseLease(SEALING_LEASE, instanceId).catch(() => undefined);
  }
}

/** Seals the targets of channels anew; those that no known secret opens are left to whoever edits them. */
async function sealChannels({ store, alerts }: Context): Promise<void> {
  for (const { id } of await store.channels()) {
    const kept = await store.channelById(id);
    if (!kept || alerts.seal.isCurrent(kept.sealed)) continue;
    const target = alerts.seal.open(id, kept.sealed);
    if (target !== null) await store.resealChannel(id, kept.sealed, alerts.seal.seal(id, target));
  }
}
