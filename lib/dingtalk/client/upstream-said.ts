import { isRecord } from '#lib/dingtalk/transport/json.ts';
import type { UpstreamSaid } from '#lib/domain/errors.ts';

/** Longest code, request id or scope that is kept; DingTalk's own stay below 80. */
const MAX_WORD = 128;

/**
 * What an answer says about itself: HTTP status, error code and request id, `null` where it says nothing.
 * A new API's error is `{code, message, requestid}`, an old one's `{errcode, errmsg, sub_code, request_id}` with
 * HTTP 200; errcode 88 means nothing without its sub_code, so the two become one code such as `88.40014`.
 * (DingTalk docs: server-api-error-codes-1; keys occur in both cases.)
 */
export function readUpstreamSaid(
  status: number,
  body: unknown,
  headerRequestId: string | null,
): UpstreamSaid {
  const said = isRecord(body) ? body : {};
  return {
    status,
    code: newCode(said) ?? oldCode(said),
    requestId: firstWord(said, ['requestid', 'RequestId', 'requestId', 'request_id']) ?? headerRequestId,
  };
}

/** The permissions an app lacks, as `accessdenieddetail.requiredScopes` lists them; empty when it does not say. */
export function readRequiredScopes(body: unknown): string[] {
  if (!isRecord(body)) return [];
  const detail = body.accessdenieddetail ?? body.accessDeniedDetail ?? body.AccessDeniedDetail;
  const scopes = isRecord(detail) ? detail.requiredScopes : undefined;
  return Array.isArray(scopes) ? scopes.flatMap((scope) => word(scope) ?? []) : [];
}

/** A short text out of something scalar, `null` for everything else, so that no answer can flood a log. */
export function word(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).slice(0, MAX_WORD);
  return text === '' ? null : text;
}

function newCode(said: Record<string, unknown>): string | null {
  return asCode(firstWord(said, ['code', 'Code']));
}

// Codes are words and short numbers. A long mixture of letters and digits in such a place is a token that went astray,
// and what is kept here is shown and logged.
const NO_CODE = /(?=[a-z]*[0-9])(?=[0-9]*[a-z])[a-z0-9]{20}/i;

const asCode = (text: string | null) => (text === null || NO_CODE.test(text) ? null : text);

function oldCode(said: Record<string, unknown>): string | null {
  const errcode = asCode(word(said.errcode));
  if (errcode === null || errcode === '0') return null;
  return errcode === '88' ? `88.${asCode(word(said.sub_code)) ?? ''}` : errcode;
}

function firstWord(said: Record<string, unknown>, keys: string[]): string | null {
  for (const key of keys) {
    const found = word(said[key]);
    if (found !== null) return found;
  }
  return null;
}
