import { AppError } from '#lib/domain/errors.ts';

/** The longest body we read: a pasted ticket in JSON. */
const MOST_BYTES = 128 * 1024;

/** A JSON object out of a request, or nothing of a request without a body. Throws invalid-question.body. */
export async function readBody(request: Request): Promise<object> {
  if (request.body === null) return {};
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Read piece by piece: what is too long is refused before it is in memory.
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw new AppError('invalid-question.body');
    chunks.push(chunk);
  }
  if (size === 0) return {};
  const body = parsed(Buffer.concat(chunks).toString('utf8'));
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AppError('invalid-question.body');
  }
  return body;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without the parser's error, which quotes a part of what was sent.
    throw new AppError('invalid-question.body', { cause: 'not JSON' });
  }
}
