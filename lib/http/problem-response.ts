import type { Problem } from '#lib/api/problem.ts';
import type { AppError } from '#lib/domain/errors.ts';
import { problemTexts } from '#lib/i18n/problem-texts.ts';
import { jsonResponse } from './json-response.ts';

/** An error as RFC 9457 tells it. Only words from the catalogue leave the server, never an exception's own text. */
export function toProblem(error: AppError, requestId: string): Problem {
  const words = problemTexts(error.reason, error.values);
  return {
    type: `urn:rooms-desk:problem:${error.code}`,
    title: words.title,
    status: error.status,
    detail: words.detail,
    code: error.code,
    reason: error.reason,
    hint: words.hint,
    requestId,
    ...(error.parameter === null ? {} : { parameter: error.parameter }),
    ...(error.retryAfterSeconds === null ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
    ...(Object.keys(error.values).length === 0 ? {} : { values: error.values }),
    ...(error.upstream === null ? {} : { upstream: error.upstream }),
  };
}

/** The problem as a response, with Retry-After where waiting helps. */
export function problemResponse(error: AppError, requestId: string): Response {
  const type = 'application/problem+json';
  const response = jsonResponse(toProblem(error, requestId), { requestId, status: error.status, type });
  if (error.retryAfterSeconds !== null) response.headers.set('Retry-After', String(error.retryAfterSeconds));
  // RFC 6750: what is wrong is the token, and another one would do.
  if (error.reason === 'signed-out.token') {
    response.headers.set('WWW-Authenticate', 'Bearer error="invalid_token"');
  }
  return response;
}
