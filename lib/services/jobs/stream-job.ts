import type { DingTalk } from '#lib/dingtalk/dingtalk.ts';
import { NO_REQUEST } from '#lib/domain/access/access.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import type { ReceivedEvent } from '#lib/domain/events/device-event.ts';
import type { StreamState } from '#lib/domain/events/stream-state.ts';
import { WATCH_REACH_MS } from '#lib/domain/history/status-mark.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { receiveEvent } from '#lib/services/events/receive-event.ts';
import { type RunningJob, repeat, startJob } from './start-job.ts';

/** The lease under which one instance holds the stream: each push goes to one connection only, so one is enough. */
export const STREAM_LEASE = 'event stream';

const TICK_MS = 5_000;
/** How often it is stored that the transport is open. */
const WATCH_EVERY_MS = 20_000;

export type StreamJob = RunningJob & {
  /** The stream that this process holds; null while another one or none does. */
  state(): StreamState | null;
};

/** Holds the event stream while this process has the lease, and stores when it was open. */
export function startStreamJob(context: ServiceContext, openStream: DingTalk['openStream']): StreamJob {
  const { store, clock, warn } = context;
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
    // At once: events that arrive before the next run must not be in a gap.
    if (state.state === 'open') void watch(context, 'stream');
    if (state.problem === problem) return;
    problem = state.problem;
    if (problem !== null) warn('event stream not open', { reason: problem });
    store.announceService(clock.now()).catch(() => undefined);
  };
  const job = startJob(context, {
    lease: STREAM_LEASE,
    failure: 'event stream failed',
    everyMs: TICK_MS,
    async run(signal) {
      const held = openStream({ onEvent: take, onState });
      stream = held;
      const run = async () => void (held.state().state === 'open' && (await watch(context, 'stream')));
      try {
        await repeat(context, { failure: 'watch not kept', everyMs: WATCH_EVERY_MS, run }, signal);
      } finally {
        await held.stop();
        stream = null;
      }
    },
  });
  return { ...job, state: () => stream?.state() ?? null };
}

/** Stores that events can arrive by callback for as long as this process can answer. */
export const startCallbackWatch = (context: ServiceContext): RunningJob =>
  startJob(context, {
    lease: null,
    failure: 'watch not kept',
    everyMs: WATCH_EVERY_MS,
    run: async () => void (await watch(context, 'callback')),
  });

async function watch(
  { store, clock, warn }: ServiceContext,
  transport: 'stream' | 'callback',
): Promise<void> {
  await store
    .keepWatch(transport, clock.now(), WATCH_REACH_MS)
    .catch((error) => warn('watch not kept', { error: String(error) }));
}
