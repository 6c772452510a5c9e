import { AppError, type ErrorReason, type UpstreamSaid } from '#lib/domain/errors.ts';
import { readRequiredScopes } from './upstream-said.ts';

/** How long DingTalk shuts out an address that asked too much (DingTalk docs: server-api-error-codes-1). */
export const BAN_SECONDS = 300;

// Told apart by the full code alone: a throttle, a spent quota and a missing permission share the status 403 and
// the prefix `Forbidden.AccessDenied.`, and messages are Chinese and change.
const REASON_BY_CODE: ReadonlyMap<string, ErrorReason> = new Map<string, ErrorReason>([
  ['device.not.found', 'device-not-found.device'],
  ['room.not.found', 'room-not-found.room'],
  ['param.error', 'dingtalk-refused.operator-missing'],
  ['no.permission', 'dingtalk-refused.operator'],
  ['user.not.employee', 'dingtalk-refused.operator-left'],
  ['user.not.org', 'dingtalk-refused.operator-left'],
  ['org.not.found', 'dingtalk-refused.organisation'],
  ['Forbidden.AccessDenied.AccessTokenPermissionDenied', 'dingtalk-refused.scope'],
  ['88.60011', 'dingtalk-refused.scope'],
  ['Forbidden.AccessDenied.IpNotInWhiteList', 'dingtalk-refused.ip-list'],
  ['88.60020', 'dingtalk-refused.ip-list'],
  ['invalidClientIdOrSecret', 'dingtalk-refused.credentials'],
  ['invalid.client', 'dingtalk-refused.credentials'],
  ['unauthorized.client', 'dingtalk-refused.credentials'],
  ['authFailed', 'dingtalk-refused.credentials'],
  ['40096', 'dingtalk-refused.credentials'],
  ['unsupported.grant.type', 'dingtalk-refused.token'],
  ['AuthenticationFailed.MissingParameter', 'dingtalk-refused.token'],
  ['InvalidAuthentication', 'dingtalk-refused.token'],
  ['88.40014', 'dingtalk-refused.token'],
  ['88.40000', 'dingtalk-refused.token'],
  ['Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 'dingtalk-throttled.rate'],
  ['90018', 'dingtalk-throttled.rate'],
  ['Forbidden.AccessDenied.QpmLimitForAppkeyAndApi', 'dingtalk-throttled.minute'],
  ['Forbidden.AccessDenied.QpsLimitForApi', 'dingtalk-throttled.platform'],
  ['90002', 'dingtalk-throttled.platform'],
  ['system.busy', 'dingtalk-throttled.busy'],
  ['systemBusy', 'dingtalk-throttled.busy'],
  ['-1', 'dingtalk-throttled.busy'],
  ['Forbidden.AccessDenied.ApiCountLimitForOrg', 'dingtalk-budget-spent.organisation-quota'],
  ['90020', 'dingtalk-budget-spent.organisation-quota'],
  ['system.error', 'dingtalk-unreachable.fault'],
  ['group.query.error', 'dingtalk-unreachable.fault'],
  ['server.error', 'dingtalk-unreachable.fault'],
  ['15', 'dingtalk-unreachable.fault'],
  ['88.', 'dingtalk-unreachable.fault'],
]);

const WAIT_SECONDS: Partial<Record<ErrorReason, number>> = {
  'dingtalk-throttled.rate': 1,
  'dingtalk-throttled.minute': 60,
  'dingtalk-throttled.platform': 2,
  'dingtalk-throttled.busy': 5,
  'dingtalk-throttled.banned': BAN_SECONDS,
};

/** What one call's codes mean where that differs from the rest, such as `unknownError` at the token call. */
export type CodeMeanings = Readonly<Record<string, ErrorReason>>;

/**
 * The product's error for an answer that is one of DingTalk's errors, with `upstream` kept for its support staff,
 * `values.scopes` (comma-separated) for a missing permission and `retryAfterSeconds` where waiting helps.
 * `fallback` is the reason for a code nobody knows. (DingTalk docs: server-api-error-codes-1)
 */
export function upstreamError(
  said: UpstreamSaid,
  body: unknown,
  fallback: ErrorReason,
  meanings: CodeMeanings = {},
): AppError {
  const code = said.code ?? '';
  const special = Object.hasOwn(meanings, code) ? meanings[code] : undefined;
  const reason = special ?? REASON_BY_CODE.get(code) ?? fallback;
  const scopes = reason === 'dingtalk-refused.scope' ? readRequiredScopes(body) : [];
  const wait = WAIT_SECONDS[reason];
  return new AppError(reason, {
    upstream: said,
    ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
    ...(scopes.length === 0 ? {} : { values: { scopes: scopes.join(', ') } }),
  });
}
