import 'server-only';
import type { Clock } from '#lib/domain/clock.ts';
import type { ReceivedEvent } from '#lib/domain/device-event.ts';
import { AppError, type ErrorReason } from '#lib/domain/errors.ts';
import type { EventStream, StreamState } from '#lib/domain/stream-state.ts';
import type { Caller } from './call.ts';
import { openLink, type StreamLink } from './stream-link.ts';
import { askForTicket } from './stream-ticket.ts';

/** Takes an event in: `kept` once it is durable, `later` to have it sent again. A rejection is `later` too. */
export type StreamEars = {
  onEvent: (event: ReceivedEvent) => Promise<'kept' | 'later'>;
  /** Told whenever the connection's state changes. */
  onState: (state: StreamState) => void;
};

export type StreamOptions = StreamEars & {
  apiOrigin: string;
  clientId: string;
  clientSecret: string;
  call: Caller;
  clock: Clock;
  random: () => number;
};

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** Somebody must mend the configuration first. */
const REFUSED_WAIT_MS = 30_000;
/** A connection that stood this long was a good one. */
const GOOD_AFTER_MS = 30_000;

/**
 * Holds one connection for events until it is stopped: another one at once when the server says that it will hang up,
 * otherwise after a wait that doubles, with jitter. (PEDIA: docs/learn/stream/protocol.md)
 */
export function createStream(options: StreamOptions): EventStream {
  const { clock, random } = options;
  const stopped = new AbortController();
  const links = new Set<StreamLink>();
  let failures = 0;
  let state: StreamState = {
    ...{ state: 'connecting', since: clock.now(), lastHeardAt: null, lastEventAt: null },
    ...{ connectionsMade: 0, retryAt: null, problem: null, events: 0, later: 0, garbage: 0 },
  };
  const become = (next: StreamState['state'], more: Partial<StreamState> = {}) => {
    state = { ...state, state: next, since: clock.now(), retryAt: null, ...more };
    options.onState(state);
  };
  const onHeard = (what: 'frame' | 'event' | 'later' | 'garbage') => {
    const now = clock.now();
    state = { ...state, lastHeardAt: now };
    if (what === 'event') state = { ...state, lastEventAt: now, events: state.events + 1 };
    if (what === 'later') state = { ...state, later: state.later + 1 };
    if (what === 'garbage') state = { ...state, garbage: state.garbage + 1 };
  };
  const connect = async (): Promise<StreamLink> => {
    const endpoint = await askForTicket(options);
    const link = await openLink(endpoint, clock, { onEvent: options.onEvent, onHeard });
    links.add(link);
    void link.ended.then(() => links.delete(link));
    return link;
  };
  /** One connection, to its end; answers how long to wait before the next. */
  const once = async (): Promise<number> => {
    become('connecting');
    let link: StreamLink;
    try {
      link = await connect();
    } catch (thrown) {
      failures += 1;
      const problem = thrown instanceof AppError ? thrown.reason : 'dingtalk-unreachable.no-connection';
      state = { ...state, problem };
      return waitAfter(problem, failures, random);
    }
    if (stopped.signal.aborted) return 0;
    const began = clock.elapsed();
    become('open', { connectionsMade: state.connectionsMade + 1, problem: null });
    const how = await Promise.race([link.over, aborted(stopped.signal)]);
    if (how === 'expiring' || stopped.signal.aborted) return 0;
    failures = clock.elapsed() - began >= GOOD_AFTER_MS ? 0 : failures + 1;
    return failures === 0 ? 0 : waitAfter(null, failures, random);
  };
  const run = async () => {
    while (!stopped.signal.aborted) {
      const waitMs = await once();
      if (waitMs === 0 || stopped.signal.aborted) continue;
      become('waiting', { retryAt: clock.now() + waitMs });
      await clock.sleep(waitMs, stopped.signal).catch(() => undefined);
    }
    await Promise.all([...links].map((link) => link.close()));
    become('stopped');
  };
  const running = run();
  return {
    state: () => state,
    async stop() {
      stopped.abort();
      await running;
    },
  };
}

function waitAfter(problem: ErrorReason | null, failures: number, random: () => number): number {
  const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10));
  const wait = most * (0.5 + random() / 2);
  return problem?.startsWith('dingtalk-refused.') ? Math.max(REFUSED_WAIT_MS, wait) : wait;
}

const aborted = (signal: AbortSignal) =>
  new Promise<'stopped'>((resolve) => {
    if (signal.aborted) resolve('stopped');
    else signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
