import { AppError } from '#lib/domain/errors.ts';
import { readBody } from './read-body.ts';

const JSON_TYPE = /^application\/json\s*(?:;|$)/i;

/**
 * What a request that changes something carries, as JSON. `ownOrigin` is the origin that it must come from; null for an
 * API token, which no browser adds by itself. Throws not-permitted.foreign-page, invalid-question.body.
 */
export async function writtenBody(request: Request, ownOrigin: string | null): Promise<object> {
  const { headers } = request;
  if (ownOrigin !== null && !isFromOwnPage(headers, ownOrigin)) {
    throw new AppError('not-permitted.foreign-page');
  }
  const body = await readBody(request);
  // A form of another site can send any text, but not under this type.
  const isTyped = JSON_TYPE.test(headers.get('content-type') ?? '');
  if (Object.keys(body).length > 0 && !isTyped) throw new AppError('invalid-question.body');
  return body;
}

/** Browsers say where a write comes from, by one header or both; what says neither has no business with a cookie. */
function isFromOwnPage(headers: Headers, ownOrigin: string): boolean {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (origin === null && site === null) return false;
  return (origin === null || origin === ownOrigin) && (site === null || site === 'same-origin');
}
