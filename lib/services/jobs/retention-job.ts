import { RETENTION_EVERY_MS, type RetentionPlace } from '#lib/domain/history/retention.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { holdLease } from './hold-lease.ts';

const RETENTION_LEASE = 'tidying';

/** Tidying is due once a day; whether it is, is asked this often. */
const ASKED_EVERY_MS = 10 * 60_000;
/** Between two steps others have the database, and on SQLite the process, to themselves. */
const PAUSE_MS = 50;

/** Lets what is too old go, once a day, a little at a time, in one instance. */
export function startTidying(context: Pick<ServiceContext, 'store' | 'clock' | 'instanceId' | 'warn'>): {
  stop(): Promise<void>;
} {
  const { store, clock, instanceId, warn } = context;
  const stopped = new AbortController();
  const live = async () => {
    while (!stopped.signal.aborted) {
      try {
        if (await isDue()) await deleteAllOld();
      } catch (error) {
        warn('tidying failed', { error: String(error) });
      }
      await clock.sleep(ASKED_EVERY_MS, stopped.signal).catch(() => undefined);
    }
  };
  const isDue = async () => clock.now() - (await store.retentionRanAt()) >= RETENTION_EVERY_MS;
  const deleteAllOld = async () => {
    const lease = await holdLease(context, RETENTION_LEASE, stopped.signal);
    if (!lease) return;
    try {
      let place: RetentionPlace | null = null;
      do {
        ({ next: place } = await store.deleteOld(place, clock.now()));
        await clock.sleep(PAUSE_MS, lease.signal).catch(() => undefined);
      } while (place !== null && !lease.signal.aborted);
    } finally {
      lease.end();
      await store.releaseLease(RETENTION_LEASE, instanceId).catch(() => undefined);
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
