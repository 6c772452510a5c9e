type Reader = {
  requestId: string;
  /** Calls back when what the reader came in by is over. Answers how to stop waiting for it. */
  whenOver: (over: () => void) => () => void;
};

/**
 * What is told piece by piece, as lines of JSON (NDJSON) that go out while it is found, until the reader goes or may hear no
 * more. What is under way goes on; only its telling ends.
 */
export function linesResponse(pieces: AsyncGenerator<object>, { requestId, whenOver }: Reader): Response {
  const encoder = new TextEncoder();
  let open = true;
  let stopWaiting = () => {};
  const end = () => {
    if (!open) return;
    open = false;
    stopWaiting();
    void pieces.return(undefined);
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        stopWaiting = whenOver(() => {
          if (open) controller.close();
          end();
        });
      },
      async pull(controller) {
        try {
          const { value, done } = await pieces.next();
          if (!open) return;
          if (!done) return controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
          controller.close();
          end();
        } catch (error) {
          end();
          throw error;
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      'Content-Type': 'application/x-ndjson; charset=utf-8',
      'Cache-Control': 'private, no-store, no-transform',
      // Proxies that gather answers before passing them on would hide how far it is.
      'X-Accel-Buffering': 'no',
      'X-Request-Id': requestId,
    },
  });
}
