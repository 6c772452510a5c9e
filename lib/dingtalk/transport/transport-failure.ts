import { errors } from 'undici';
import { AppError, type ErrorReason } from '#lib/domain/errors.ts';
import { proxyFailureCode } from '#lib/egress/egress-proxy.ts';

/** What an attempt is ended with when its time is up. */
export class AttemptTimedOut extends Error {
  override readonly name = 'AttemptTimedOut';
}

/**
 * The product's error for an attempt that brought no answer: refused, reset, unknown host or bad certificate is
 * `no-connection`, a proxy that did not connect is `proxy`, too late is `no-answer`, an answer that is not HTTP is `not-json`.
 * `values.host` and `values.failure` (such as `ECONNREFUSED`) say where and what; the original error is not kept,
 * because it can quote bytes of a request or an answer that hold a token.
 */
export function transportFailure(thrown: unknown, host: string): AppError {
  const failure = failureCode(thrown);
  return new AppError(reasonOf(thrown, failure), { values: { host, failure } });
}

function reasonOf(thrown: unknown, failure: string): ErrorReason {
  if (thrown instanceof AttemptTimedOut) return 'dingtalk-unreachable.no-answer';
  if (proxyFailureCode(thrown) !== null) return 'dingtalk-unreachable.proxy';
  if (
    failure === 'UND_ERR_HEADERS_TIMEOUT' ||
    failure === 'UND_ERR_BODY_TIMEOUT' ||
    failure === 'ETIMEDOUT'
  ) {
    return 'dingtalk-unreachable.no-answer';
  }
  if (failure === 'UND_ERR_HEADERS_OVERFLOW') return 'dingtalk-confused.too-large';
  if (thrown instanceof errors.HTTPParserError) return 'dingtalk-confused.not-json';
  return 'dingtalk-unreachable.no-connection';
}

function failureCode(thrown: unknown): string {
  if (thrown instanceof AttemptTimedOut) return 'timeout';
  if (thrown instanceof errors.HTTPParserError) return 'not-http';
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code) ? code : 'unknown';
}
