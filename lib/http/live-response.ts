import type { Live, LiveEvent } from '#lib/services/events/live.ts';

/** Often enough that nothing on the way takes the line for dead. */
const HEARTBEAT_MS = 15_000;
/** What changes for somebody without an end of their session is noticed when the browser comes back. */
const LONGEST_MS = 30 * 60_000;
/** A reader that falls this far behind is sent away and resumes; its events are not kept in memory for it. */
const MOST_WAITING = 64;

type Reader = {
  signal: AbortSignal;
  /** Calls back when what the reader came in by is over. Answers how to stop waiting for it. */
  whenOver: (over: () => void) => () => void;
  /** Called once when the reader has gone or is sent away. */
  left: () => void;
};

/**
 * The feed as server-sent events (HTML standard: server-sent events), until the reader goes, is sent away or may listen no
 * more.
 */
export function liveResponse(live: Live, since: number | null, { signal, whenOver, left }: Reader): Response {
  const encoder = new TextEncoder();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        let open = true;
        let unsubscribe = () => {};
        let stopWaiting = () => {};
        const send = (text: string) => {
          if (!open) return;
          if ((controller.desiredSize ?? 0) < -MOST_WAITING) return end();
          controller.enqueue(encoder.encode(text));
        };
        const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
        const longest = setTimeout(() => end(), LONGEST_MS);
        end = () => {
          if (!open) return;
          open = false;
          clearInterval(heartbeat);
          clearTimeout(longest);
          unsubscribe();
          stopWaiting();
          left();
          try {
            controller.close();
          } catch {
            // The reader has closed it already.
          }
        };
        if (signal.aborted) return end();
        signal.addEventListener('abort', end);
        stopWaiting = whenOver(end);
        send('retry: 2000\n\n');
        try {
          const notify = (events: LiveEvent[]) => send(events.map(asText).join(''));
          const unsubscribed = await live.subscribe(since, notify, end);
          if (open) unsubscribe = unsubscribed;
          else unsubscribed();
        } catch {
          // The browser comes back by itself; a line that nothing is told on would keep it waiting.
          end();
        }
      },
      cancel: () => end(),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'private, no-store, no-transform',
      // Proxies that gather answers before passing them on would make this useless.
      'X-Accel-Buffering': 'no',
    },
  });
}

const asText = ({ id, event, data }: LiveEvent) =>
  `${id === null ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
