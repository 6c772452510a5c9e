import type { AppError } from '#lib/domain/errors.ts';
import type { Problem } from '#lib/domain/problem.ts';
import { problemWords } from '#lib/words/problem-words.ts';

/** An error as RFC 9457 tells it. Only words from the catalogue leave the server, never an exception's own text. */
export function toProblem(error: AppError, requestId: string): Problem {
  const words = problemWords(error.reason, error.values);
  return {
    type: `urn:rooms-desk:problem:${error.code}`,
    title: words.title,
    status: error.status,
    detail: words.detail,
    code: error.code,
    reason: error.reason,
    hint: words.hint,
    requestId,
    ...(error.retryAfterSeconds === null ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
    ...(Object.keys(error.values).length === 0 ? {} : { values: error.values }),
    ...(error.upstream === null ? {} : { upstream: error.upstream }),
  };
}

/** The problem as a response, with Retry-After where waiting helps. */
export function problemResponse(error: AppError, requestId: string): Response {
  const headers = new Headers({
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Cache-Control': 'private, no-store',
    'X-Request-Id': requestId,
  });
  if (error.retryAfterSeconds !== null) headers.set('Retry-After', String(error.retryAfterSeconds));
  return new Response(JSON.stringify(toProblem(error, requestId)), { status: error.status, headers });
}
