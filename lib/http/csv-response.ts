/** A CSV file that is sent while it is made. The first piece is awaited, so that what forbids it is still said properly. */
export async function csvResponse(
  pieces: AsyncGenerator<string>,
  { requestId, name }: { requestId: string; name: string },
): Promise<Response> {
  const encoder = new TextEncoder();
  const first = await pieces.next();
  let waiting = first.done ? null : first.value;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = waiting ?? (await pieces.next()).value;
      waiting = null;
      if (typeof piece === 'string') controller.enqueue(encoder.encode(piece));
      else controller.close();
    },
    // Whoever stops downloading stops the work.
    cancel: async () => void (await pieces.return(undefined)),
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}.csv"`,
      'Cache-Control': 'private, no-store',
      'X-Request-Id': requestId,
    },
  });
}
