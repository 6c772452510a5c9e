import type { DingTalk } from '#lib/dingtalk/dingtalk.ts';
import { NO_REQUEST } from '#lib/domain/access/access.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import type { ReceivedEvent } from '#lib/domain/events/device-event.ts';
import type { StreamState } from '#lib/domain/events/stream-state.ts';
import { WATCH_REACH_MS } from '#lib/domain/history/status-mark.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { receiveEvent } from '#lib/services/events/receive-event.ts';
import { holdLease } from './hold-lease.ts';

/** The lease under which one instance holds the stream: each push goes to one connection only, so one is enough. */
export const STREAM_LEASE = 'event stream';

const TICK_MS = 5_000;
/** How often it is written down that the door stands open. */
const WATCH_EVERY_MS = 20_000;

export type Listening = {
  /** The stream as this process has it; null while another holds it or none does. */
  state(): StreamState | null;
  stop(): Promise<void>;
};

/** Holds the stream whenever this process has the lease, and writes down when the door stood open. */
export function startListening(context: ServiceContext, openStream: DingTalk['openStream']): Listening {
  const { store, clock, instanceId, warn } = context;
  const stopped = new AbortController();
  let stream: ReturnType<DingTalk['openStream']> | null = null;
  let problem: ErrorReason | null = null;

  const take = async (event: ReceivedEvent) => {
    try {
      await receiveEvent(context, event, 'stream', NO_REQUEST);
      return 'kept' as const;
    } catch (error) {
      warn('event not kept', { error: String(error) });
      return 'later' as const;
    }
  };
  const onState = (state: StreamState) => {
    // From the first moment on: what is told now must not stand in a gap until the next word of the open door.
    if (state.state === 'open') void watch(context, 'stream');
    if (state.problem === problem) return;
    problem = state.problem;
    if (problem !== null) warn('event stream not open', { reason: problem });
    store.announceService(clock.now()).catch(() => undefined);
  };
  const hold = async (lost: AbortSignal) => {
    stream = openStream({ onEvent: take, onState });
    try {
      while (!lost.aborted) {
        if (stream.state().state === 'open') await watch(context, 'stream');
        await clock.sleep(WATCH_EVERY_MS, lost).catch(() => undefined);
      }
    } finally {
      await stream.stop();
      stream = null;
    }
  };
  const live = async () => {
    while (!stopped.signal.aborted) {
      try {
        const lease = await holdLease(context, STREAM_LEASE, stopped.signal);
        if (lease) await hold(lease.signal).finally(lease.end);
      } catch (error) {
        warn('event stream failed', { error: String(error) });
      }
      await clock.sleep(TICK_MS, stopped.signal).catch(() => undefined);
    }
    await store.releaseLease(STREAM_LEASE, instanceId).catch(() => undefined);
  };
  const living = live();
  return {
    state: () => stream?.state() ?? null,
    async stop() {
      stopped.abort();
      await living;
    },
  };
}

/** Writes down that the callback's door stands open as long as this process can answer. */
export function keepCallbackWatched(context: ServiceContext): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const live = async () => {
    while (!stopped.signal.aborted) {
      await watch(context, 'callback');
      await context.clock.sleep(WATCH_EVERY_MS, stopped.signal).catch(() => undefined);
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

async function watch(
  { store, clock, warn }: ServiceContext,
  transport: 'stream' | 'callback',
): Promise<void> {
  await store
    .keepWatch(transport, clock.now(), WATCH_REACH_MS)
    .catch((error) => warn('watch not kept', { error: String(error) }));
}
