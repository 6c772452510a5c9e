import type { App } from './app-process.ts';

const DEVICE_QUERY = '/v1.0/rooms/devices';
const TOKEN_CALL = '/v1.0/oauth2/{corpId}/token';

/** A way in which DingTalk can fail, and the expected error of Rooms Desk. */
export type Fault = {
  /** Its description in a test title: "shows the error when DingTalk ...". */
  says: string;
  fault: string;
  args?: Record<string, unknown>;
  on?: 'token';
  reason: string;
  status: number;
  retryAfter?: number;
  /** DingTalk's own error code, if it sent one; then its request ID is shown as well. */
  upstreamCode?: string;
  values?: Record<string, string>;
};

const scopes = { scopes: 'VideoConference.Conference.Read' };
const forbidden = (code: string) => `Forbidden.AccessDenied.${code}`;

/** No response, or none of DingTalk's own. */
export const BROKEN_CONNECTIONS: readonly Fault[] = [
  {
    says: 'breaks the connection off',
    fault: 'reset',
    reason: 'dingtalk-unreachable.no-connection',
    status: 504,
  },
  { says: 'does not answer', fault: 'hang', reason: 'dingtalk-unreachable.no-answer', status: 504 },
  { says: 'answers a byte a second', fault: 'drip', reason: 'dingtalk-unreachable.no-answer', status: 504 },
  {
    says: 'is behind a failing proxy',
    fault: 'html-502',
    reason: 'dingtalk-unreachable.fault',
    status: 504,
  },
  {
    says: 'is behind a firewall that answers 200',
    fault: 'html-200',
    reason: 'dingtalk-confused.not-json',
    status: 502,
  },
  { says: 'sends half a response', fault: 'truncated', reason: 'dingtalk-confused.not-json', status: 502 },
  { says: 'sends no body', fault: 'empty', reason: 'dingtalk-confused.not-json', status: 502 },
  {
    says: 'sends invalid UTF-8',
    fault: 'invalid-utf8',
    reason: 'dingtalk-confused.not-json',
    status: 502,
  },
  { says: 'sends a gzip bomb', fault: 'gzip-bomb', reason: 'dingtalk-confused.not-json', status: 502 },
  { says: 'sends ten megabytes', fault: 'huge', reason: 'dingtalk-confused.too-large', status: 502 },
  {
    says: 'omits the requested data',
    fault: 'without',
    args: { fields: ['result', 'accessToken', 'access_token'] },
    reason: 'dingtalk-confused.shape',
    status: 502,
  },
  { says: 'sends a null result', fault: 'null-result', reason: 'dingtalk-confused.shape', status: 502 },
  {
    says: 'sends wrong types',
    fault: 'wrong-types',
    reason: 'dingtalk-confused.shape',
    status: 502,
  },
  { says: 'redirects elsewhere', fault: 'redirect', reason: 'dingtalk-confused.redirected', status: 502 },
];

/** A response of DingTalk's own without a device. */
export const REFUSALS: readonly Fault[] = [
  {
    says: 'reports an internal error',
    fault: 'http-500',
    reason: 'dingtalk-unreachable.fault',
    status: 504,
    upstreamCode: 'system.error',
  },
  {
    says: 'gives up after three seconds',
    fault: 'operation-timeout',
    reason: 'dingtalk-unreachable.fault',
    status: 504,
    upstreamCode: 'operationTimeout',
  },
  {
    says: 'times out in its gateway',
    fault: 'gateway-timeout',
    reason: 'dingtalk-unreachable.fault',
    status: 504,
    upstreamCode: 'Gateway Timeout',
  },
  {
    says: 'answers 200 with an error of the old API',
    fault: 'errcode-200',
    reason: 'dingtalk-refused.scope',
    status: 502,
    upstreamCode: '88.60011',
    values: scopes,
  },
  {
    says: 'counts too many calls a second',
    fault: 'qps',
    reason: 'dingtalk-throttled.rate',
    status: 503,
    retryAfter: 1,
    upstreamCode: forbidden('QpsLimitForAppkeyAndApi'),
  },
  {
    says: 'counts too many calls a minute',
    fault: 'qpm',
    reason: 'dingtalk-throttled.minute',
    status: 503,
    retryAfter: 60,
    upstreamCode: forbidden('QpmLimitForAppkeyAndApi'),
  },
  {
    says: 'limits all apps together',
    fault: 'qps-api',
    reason: 'dingtalk-throttled.platform',
    status: 503,
    retryAfter: 2,
    upstreamCode: forbidden('QpsLimitForApi'),
  },
  {
    says: 'is busy',
    fault: 'busy',
    reason: 'dingtalk-throttled.busy',
    status: 503,
    retryAfter: 5,
    upstreamCode: 'system.busy',
  },
  {
    says: 'has no calls left this month',
    fault: 'quota',
    reason: 'dingtalk-budget-spent.organisation-quota',
    status: 503,
    upstreamCode: forbidden('ApiCountLimitForOrg'),
  },
  {
    says: 'reports a missing permission',
    fault: 'scope',
    reason: 'dingtalk-refused.scope',
    status: 502,
    upstreamCode: forbidden('AccessTokenPermissionDenied'),
    values: scopes,
  },
  {
    says: 'does not list the server’s address',
    fault: 'ip-list',
    reason: 'dingtalk-refused.ip-list',
    status: 502,
    upstreamCode: forbidden('IpNotInWhiteList'),
  },
  {
    says: 'refuses the operator',
    fault: 'operator',
    reason: 'dingtalk-refused.operator',
    status: 502,
    upstreamCode: 'no.permission',
  },
  {
    says: 'returns an unknown code',
    fault: 'error',
    args: { status: 400, code: 'brand.new', message: 'brand new' },
    reason: 'dingtalk-confused.unrecognised',
    status: 502,
    upstreamCode: 'brand.new',
  },
];

/** Refusals that DingTalk may also send to the token call. */
const ON_ANY_CALL = new Set([
  'http-500',
  'operation-timeout',
  'gateway-timeout',
  'qps',
  'qps-api',
  'busy',
  'ip-list',
]);

/** Faults that affect every query at once, whatever its device. */
export const TOKEN_FAULTS: readonly Fault[] = [
  {
    says: 'rejects every token',
    fault: 'token-expired',
    reason: 'dingtalk-refused.token',
    status: 502,
    upstreamCode: 'InvalidAuthentication',
  },
  {
    says: 'does not accept the app',
    fault: 'error',
    args: { status: 400, code: 'invalidClientIdOrSecret', message: '无效的clientId或者clientSecret' },
    on: 'token',
    reason: 'dingtalk-refused.credentials',
    status: 502,
    upstreamCode: 'invalidClientIdOrSecret',
  },
  {
    says: 'does not know the organization',
    fault: 'error',
    args: { status: 500, code: 'unknownError', message: 'unknown error' },
    on: 'token',
    reason: 'dingtalk-refused.organisation',
    status: 502,
    upstreamCode: 'unknownError',
  },
  ...onTokenCall(BROKEN_CONNECTIONS),
  ...onTokenCall(REFUSALS.filter(({ fault }) => ON_ANY_CALL.has(fault))),
];

/** The same faults while a token is fetched. One byte per second ends like no answer, and takes as long. */
function onTokenCall(faults: readonly Fault[]): Fault[] {
  return faults
    .filter(({ fault }) => fault !== 'drip')
    .map((row) => ({ ...row, says: `${row.says} while a token is fetched`, on: 'token' }));
}

/** Sets a fault; with a device, it applies to queries for that device only. */
export async function orderFault({ simulator }: App, ordered: Fault, deviceId?: string): Promise<void> {
  const { fault, args = {}, on } = ordered;
  const path = on === 'token' ? TOKEN_CALL : DEVICE_QUERY;
  // Rooms Desk caches its token, so it is made to fetch one.
  if (on === 'token') await simulator.control('POST', '/tokens/revoke', { kind: 'app' });
  const match = deviceId === undefined ? {} : { match: `deviceId=${deviceId}` };
  await simulator.control('PUT', '/faults', { path, fault, ...match, ...args });
}
