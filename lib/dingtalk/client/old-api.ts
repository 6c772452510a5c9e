import { AppError } from '#lib/domain/errors.ts';

/** An answer of the old-style API that says nothing about the person who was asked about. */
export type Unchecked = { host: string; reason: string; status: number | null; code: string | null };

/**
 * Whether a question about a person failed without an answer about that person: a missing permission, a token that the
 * old-style host does not take (errcode 88 with its sub codes), errcode 404, a web page, a redirect, a throttle or no
 * answer at all. An answer of the documented kind that lacks what it must hold is none of these.
 */
export function isUnchecked(thrown: unknown): thrown is AppError {
  if (!(thrown instanceof AppError)) return false;
  return thrown.code.startsWith('dingtalk-') && thrown.reason !== 'dingtalk-confused.shape';
}

/**
 * Whether an answer shows that the host does not serve the old-style API for this app: a web page, a redirect, errcode
 * 404 or a token that it does not take, which `DINGTALK_API_ORIGIN` issued. DingTalk's documents name
 * oapi.dingtalk.com alone; whether the international region has such a host is not known.
 */
export function isWrongHost({
  reason,
  said,
}: {
  reason: string | null;
  said: { code: string | null } | null;
}) {
  if (reason === 'dingtalk-confused.unrecognised')
    return said?.code === '404' || (said?.code ?? null) === null;
  return WRONG_HOST.has(reason ?? '');
}

const WRONG_HOST = new Set([
  'dingtalk-refused.token',
  'dingtalk-confused.not-json',
  'dingtalk-confused.redirected',
  'dingtalk-confused.too-large',
]);

/** What such an answer looked like, for the words of the health check. */
export function checksOf({ reason, upstream }: AppError): 'page' | 'redirect' | 'path' | 'token' | 'other' {
  if (reason === 'dingtalk-refused.token') return 'token';
  if (reason === 'dingtalk-confused.redirected') return 'redirect';
  if (reason === 'dingtalk-confused.not-json') return 'page';
  return upstream?.code === '404' || upstream?.status === 404 ? 'path' : 'other';
}
