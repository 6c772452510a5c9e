import { LIVE_EVENTS, type LiveEventName, type LiveNews, readNews } from './live-parts.ts';

const LIVE = '/api/v1/live';
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export type LiveState = 'connected' | 'lost' | 'signed-out';

type Listener = {
  /** Where the first connection of this tab starts: the number of the newest change that its page may know. */
  since: number | null;
  onNews: (event: LiveEventName, news: LiveNews) => void;
  onState: (state: LiveState) => void;
};

/** The position of this tab in the feed: each of its pages connects anew and goes on from there. */
const position: { lastId: string | null; before: boolean } = { lastId: null, before: false };

/**
 * Listens to what the desk tells by itself. The browser reconnects by itself after a break; after a refusal it gives
 * up, so that is tried again here, ever less often, and not at all once the session has ended. Answers how to stop.
 */
export function listenLive({ since, onNews, onState }: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  let stopped = false;
  if (since !== null) position.lastId ??= String(since);

  const open = () => {
    source = new EventSource(position.lastId === null ? LIVE : `${LIVE}?since=${position.lastId}`);
    source.addEventListener('open', () => {
      wait = FIRST_WAIT_MS;
      onState('connected');
      // Without a number to go on from, what happened meanwhile is not told again.
      if (position.before && position.lastId === null) onNews('reset', {});
      position.before = true;
    });
    for (const name of LIVE_EVENTS) {
      source.addEventListener(name, ({ data, lastEventId }: MessageEvent<string>) => {
        if (lastEventId !== '') position.lastId = lastEventId;
        onNews(name, readNews(data));
      });
    }
    source.addEventListener('error', () => {
      onState('lost');
      if (source?.readyState === EventSource.CLOSED) void again();
    });
  };
  const again = async () => {
    source?.close();
    if ((await statusOfLive()) === 401) return onState('signed-out');
    if (stopped) return;
    timer = setTimeout(open, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };
  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
}

/** Why the desk refuses to tell: its status, which an EventSource keeps to itself. Null when it does not answer. */
async function statusOfLive(): Promise<number | null> {
  const asked = new AbortController();
  try {
    return (await fetch(LIVE, { signal: asked.signal })).status;
  } catch {
    return null;
  } finally {
    asked.abort();
  }
}
