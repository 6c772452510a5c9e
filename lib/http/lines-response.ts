/** What is told piece by piece, as lines of JSON (NDJSON) that go out while it is found. */
export function linesResponse(pieces: AsyncGenerator<object>, requestId: string): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
      },
      // What is under way goes on; only its telling ends.
      cancel: () => void pieces.return(undefined),
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
