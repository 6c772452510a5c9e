import 'server-only';
import type { MakeCall } from '#lib/dingtalk/client/call.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { AppError, asAppError } from '#lib/domain/errors.ts';
import type { StreamState } from '#lib/domain/events/stream-state.ts';
import type { EgressProxy } from '#lib/egress/egress-proxy.ts';
import { askForStreamAddress, type StreamApp } from './stream-address.ts';
import { createIntake, type OnEvent } from './stream-intake.ts';
import { type Link, openLink } from './stream-link.ts';
import { createStreamStatus } from './stream-status.ts';
import { streamWait } from './stream-wait.ts';

/** A connection that stood that long was a good one: trouble after it begins to be counted anew. */
const STEADY_AFTER_MS = 30_000;

/** After `disconnect` DingTalk is silent for 10 seconds and closes (developerpedia: learn/stream/protocol). */
const LEAVE_WITHIN_MS = 12_000;

/** For events in hand when we are stopped; all of them have been answered before. */
const FINISH_WITHIN_MS = 4_000;

/** DingTalk's events as they come down one connection, for as long as it is not stopped. */
export type Stream = {
  /** Resolves when events in hand are dealt with and no connection and no timer is left. */
  stop(): Promise<void>;
  state(): StreamState;
};

export type StreamListeners = {
  onEvent: OnEvent;
  /** Told whenever the state, its problem or its next attempt changes; not for each frame. Must not throw. */
  onState?: (state: StreamState) => void;
};

type Options = StreamApp &
  StreamListeners & { call: MakeCall; clock: Clock; random: () => number; proxy: EgressProxy | null };

/** How a connection ended; without an error DingTalk asked us to come again. */
type Ending = { error: AppError | null; stoodMs: number };

/**
 * Opens a stream at once and keeps it open. There is one connection at a time, because DingTalk gives each event to any
 * one of them; only one that DingTalk is about to close is still heard while its successor is opened.
 * (DingTalk developerpedia: learn/stream/protocol, faq; DingTalk docs: configure-stream-push)
 */
export function createStream(options: Options): Stream {
  const { clock, random, call, proxy, onEvent, onState } = options;
  const intake = createIntake(onEvent, clock);
  const status = createStreamStatus(clock, intake.tally, onState);
  const stopping = new AbortController();
  const links = new Set<Link>();

  async function connectOnce(): Promise<Ending> {
    const url = await askForStreamAddress(options, call, clock);
    if (stopping.signal.aborted) return { error: null, stoodMs: 0 };
    const leave = Promise.withResolvers<null>();
    const link = openLink(url, {
      clock,
      proxy,
      onReceived: status.received,
      onMessage: (bytes) => {
        if (intake.take(bytes, link.send)) leave.resolve(null);
      },
    });
    links.add(link);
    link.closed.then(() => links.delete(link));
    if (!(await link.opened)) return { error: new AppError(await link.closed), stoodMs: 0 };
    status.opened();
    const openedAt = clock.elapsed();
    const reason = await Promise.race([link.closed, leave.promise]);
    if (reason === null) link.endWithin(LEAVE_WITHIN_MS);
    return { error: reason && new AppError(reason), stoodMs: clock.elapsed() - openedAt };
  }

  async function run(): Promise<void> {
    let troubles = 0;
    while (!stopping.signal.aborted) {
      status.set('connecting', status.state().problem);
      const { error, stoodMs } = await connectOnce().catch(asEnding);
      if (stopping.signal.aborted) return;
      if (stoodMs >= STEADY_AFTER_MS) troubles = 0;
      troubles += 1;
      // Told to come again, we do at once; told so again and again, we take our time like after any trouble.
      if (error === null && troubles === 1) continue;
      const waitMs = streamWait(troubles, error, random);
      status.set('waiting', error?.reason ?? null, clock.now() + waitMs);
      await clock.sleep(waitMs, stopping.signal).catch(() => {});
    }
  }

  async function end(): Promise<void> {
    stopping.abort();
    await within(FINISH_WITHIN_MS, intake.finish(), clock);
    await Promise.all([...links].map((link) => link.close()));
    await running;
    status.set('stopped', null);
  }

  // Not before whoever opens it has it: the first thing it does is tell its state.
  const running = Promise.resolve().then(run);
  let ended: Promise<void> | null = null;
  const stop = () => {
    ended ??= end();
    return ended;
  };
  return { state: status.state, stop };
}

function asEnding(thrown: unknown): Ending {
  return { error: asAppError(thrown), stoodMs: 0 };
}

async function within(ms: number, work: Promise<void>, clock: Clock): Promise<void> {
  const done = new AbortController();
  const tooLate = clock.sleep(ms, done.signal).catch(() => {});
  await Promise.race([work, tooLate]);
  done.abort();
}
