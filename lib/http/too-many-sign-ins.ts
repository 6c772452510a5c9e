import type { AppError } from '#lib/domain/errors.ts';
import { TOO_MANY_SIGN_INS } from '#lib/i18n/sign-in-problem.ts';
import { problemResponse } from './problem-response.ts';

type Asked = { headers: Pick<Headers, 'get'>; appUrl: string; requestId: string };

/**
 * What a sign-in beyond the limits is answered with: browsers are sent to the sign-in page, which says when to try again;
 * programs get 429 with Retry-After.
 */
export function tooManySignIns(error: AppError, { headers, appUrl, requestId }: Asked): Response {
  if (!headers.get('accept')?.includes('text/html')) return problemResponse(error, requestId);
  const minutes = Math.ceil((error.retryAfterSeconds ?? 60) / 60);
  const params = new URLSearchParams({ error: TOO_MANY_SIGN_INS, minutes: `${minutes}` });
  return Response.redirect(`${appUrl}/sign-in?${params}`, 303);
}
