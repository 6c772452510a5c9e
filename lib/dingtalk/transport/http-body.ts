import type { Readable } from 'node:stream';

/** Largest answer that is read; a device is about 2 KB. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** An answer's text, or why there is none. */
export type HttpBody = { text: string } | { unreadable: 'too-large' | 'not-utf-8' };

/**
 * Reads an answer as strict UTF-8 and never more than `MAX_BODY_BYTES` of it. Nothing is decompressed: we ask for no
 * compression, and a compressed answer, which may be a bomb, is no UTF-8. Rejects only with what the stream fails with.
 */
export async function readHttpBody(stream: Readable): Promise<HttpBody> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) {
      abandon(stream);
      return { unreadable: 'too-large' };
    }
    chunks.push(chunk);
  }
  return decode(Buffer.concat(chunks));
}

// Leaving a body unread would hold its connection open; destroying it closes the connection.
function abandon(stream: Readable): void {
  stream.on('error', () => {});
  stream.destroy();
}

function decode(bytes: Buffer): HttpBody {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { unreadable: 'not-utf-8' };
  }
}
