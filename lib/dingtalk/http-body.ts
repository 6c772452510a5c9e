import type { Readable } from 'node:stream';

/** Largest answer that is read; a device is about 2 KB. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** An answer's text, or why there is none. */
export type HttpBody = { text: string } | { unreadable: 'too-large' | 'compressed' | 'not-utf-8' };

/**
 * Reads an answer as strict UTF-8, never more than `MAX_BODY_BYTES` of it and never decompressing:
 * we ask for no compression, so a compressed answer did not come from DingTalk and may be a bomb.
 * Rejects only with what the stream itself fails with.
 */
export async function readHttpBody(stream: Readable, encoding: string | undefined): Promise<HttpBody> {
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity') {
    abandon(stream);
    return { unreadable: 'compressed' };
  }
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
