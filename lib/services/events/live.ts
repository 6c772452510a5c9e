import type { FeedEntry } from '#lib/domain/feed.ts';
import type { ServiceContext } from '#lib/services/context.ts';

/** An event for open pages. A page resumes after `id`, which is null for events that are not in the feed. */
export type LiveEvent = {
  id: number | null;
  event: 'reading' | 'room' | 'event' | 'groups' | 'service' | 'note' | 'reset';
  data: object;
};

type Notify = (events: LiveEvent[]) => void;

/** Sends the feed to open pages. The process reads it once for all of them. */
export type Live = {
  /**
   * Calls `notify` with events from now on, and first with those after `since`, or with `reset` when they are not known
   * any more. `end` is called when there will be no more. Returns a function that unsubscribes.
   */
  subscribe(since: number | null, notify: Notify, end: () => void): Promise<() => void>;
  /** Ends every subscription, because the process stops. */
  close(): void;
};

const PAGE = 500;
/** A reconnecting page that missed more than this refetches everything. */
const MOST_RESUMED = 500;
/** The feed is also read this often, in case a notification of the database was lost. */
const POLL_ANYWAY_MS = 5_000;

export function createLive(context: Pick<ServiceContext, 'store' | 'inventory' | 'clock' | 'warn'>): Live {
  const { store, clock, warn } = context;
  const listeners = new Map<Notify, () => void>();
  const closed = new AbortController();
  let seq: number | null = null;
  let pumping: Promise<void> | null = null;
  let again = false;

  const pump = async () => {
    do {
      again = false;
      const entries = seq === null ? null : await store.feedAfter(seq, PAGE);
      if (entries === null) {
        seq = await store.feedHead();
        broadcast(listeners, [resetAt(seq)]);
      } else if (entries.length > 0) {
        const events = await asEvents(context, entries);
        seq = entries.at(-1)?.seq ?? seq;
        broadcast(listeners, events);
        again ||= entries.length === PAGE;
      }
    } while (again && listeners.size > 0);
  };
  const wake = () => {
    again = true;
    if (listeners.size === 0 || closed.signal.aborted) return;
    pumping ??= pump()
      .catch((error) => warn('feed not read', { error: String(error) }))
      .finally(() => {
        pumping = null;
        // Entries were written after the last read and before this moment.
        if (again) wake();
      });
  };
  const unsubscribe = store.onFeed(wake);
  const pollAnyway = async () => {
    while (!closed.signal.aborted) {
      await clock.sleep(POLL_ANYWAY_MS, closed.signal).catch(() => undefined);
      wake();
    }
  };
  void pollAnyway();
  return {
    async subscribe(since, notify, end) {
      const head = await store.feedHead();
      if (closed.signal.aborted) {
        end();
        return () => undefined;
      }
      if (listeners.size === 0 && pumping === null) seq = head;
      listeners.set(notify, end);
      try {
        // Read after subscribing: entries since the head was read went to other listeners only.
        const missed = await store.feedAfter(since ?? head, MOST_RESUMED);
        const whole = missed !== null && missed.length < MOST_RESUMED;
        const events = whole ? await asEvents(context, missed) : [resetAt(head)];
        if (events.length > 0 && listeners.has(notify)) notify(events);
      } catch (error) {
        listeners.delete(notify);
        throw error;
      }
      return () => void listeners.delete(notify);
    },
    close() {
      closed.abort();
      unsubscribe();
      for (const end of listeners.values()) end();
      listeners.clear();
    },
  };
}

const resetAt = (id: number): LiveEvent => ({ id, event: 'reset', data: {} });

/** Notifies every listener; one that throws is removed and does not affect the others. */
function broadcast(listeners: Map<Notify, () => void>, events: LiveEvent[]): void {
  for (const notify of [...listeners.keys()]) {
    try {
      notify(events);
    } catch {
      listeners.delete(notify);
    }
  }
}

/** Entries as events for pages: only IDs that everyone may see, without contents. */
async function asEvents(
  { inventory }: Pick<ServiceContext, 'inventory'>,
  entries: FeedEntry[],
): Promise<LiveEvent[]> {
  const { fleet } = await inventory.current();
  return entries.map(({ seq: id, kind, key }) => {
    if (kind === 'room') return { id, event: 'room', data: { roomId: key } };
    if (kind !== 'device' && kind !== 'event') return { id, event: kind, data: {} };
    const device = fleet.get(key ?? '')?.device;
    return {
      id,
      event: kind === 'event' ? 'event' : 'reading',
      data: { deviceId: device?.deviceId ?? null, roomId: device?.roomId ?? null },
    };
  });
}
