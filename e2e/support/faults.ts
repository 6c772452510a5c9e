import type { App } from './app-process.ts';

const DEVICE_QUERY = '/v1.0/rooms/devices';
const TOKEN_CALL = '/v1.0/oauth2/{corpId}/token';

/** One way DingTalk can fail, and what the desk must make of it. */
export type Fault = {
  /** How it is called in a sentence: "says so when DingTalk ...". */
  says: string;
  fault: string;
  args?: Record<string, unknown>;
  on?: 'token';
  reason: string;
  status: number;
  retryAfter?: number;
  /** DingTalk's own code, when it said one; then its request id is told as well. */
  upstreamCode?: string;
  values?: Record<string, string>;
};

const scopes = { scopes: 'VideoConference.Conference.Read' };
const forbidden = (code: string) => `Forbidden.AccessDenied.${code}`;

/** No answer, or none of DingTalk's own. */
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
    says: 'stands behind a failing proxy',
    fault: 'html-502',
    reason: 'dingtalk-unreachable.fault',
    status: 504,
  },
  {
    says: 'stands behind a wall that answers 200',
    fault: 'html-200',
    reason: 'dingtalk-confused.not-json',
    status: 502,
  },
  { says: 'sends half an answer', fault: 'truncated', reason: 'dingtalk-confused.not-json', status: 502 },
  { says: 'sends no body', fault: 'empty', reason: 'dingtalk-confused.not-json', status: 502 },
  {
    says: 'sends bytes that are no text',
    fault: 'invalid-utf8',
    reason: 'dingtalk-confused.not-json',
    status: 502,
  },
  { says: 'sends a gzip bomb', fault: 'gzip-bomb', reason: 'dingtalk-confused.not-json', status: 502 },
  { says: 'sends ten megabytes', fault: 'huge', reason: 'dingtalk-confused.too-large', status: 502 },
  {
    says: 'leaves out what was asked for',
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

/** An answer of DingTalk's own that is no device. */
export const REFUSALS: readonly Fault[] = [
  {
    says: 'has a fault',
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
    says: 'is asked too much by everybody',
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
    says: 'misses a permission',
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
    says: 'uses a code that nobody knows',
    fault: 'error',
    args: { status: 400, code: 'brand.new', message: 'brand new' },
    reason: 'dingtalk-confused.unrecognised',
    status: 502,
    upstreamCode: 'brand.new',
  },
];

/** Refusals that DingTalk may give on the token call too. */
const ON_ANY_CALL = new Set([
  'http-500',
  'operation-timeout',
  'gateway-timeout',
  'qps',
  'qps-api',
  'busy',
  'ip-list',
]);

/** Faults that reach every question at once, whatever device it is for. */
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
    says: 'does not know the organisation',
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

/** The same faults met while a token is fetched. A byte a second ends as no answer does, and takes as long. */
function onTokenCall(faults: readonly Fault[]): Fault[] {
  return faults
    .filter(({ fault }) => fault !== 'drip')
    .map((row) => ({ ...row, says: `${row.says} while a token is fetched`, on: 'token' }));
}

/** Orders a fault; with a device only questions for that device meet it. */
export async function orderFault({ simulator }: App, ordered: Fault, deviceId?: string): Promise<void> {
  const { fault, args = {}, on } = ordered;
  const path = on === 'token' ? TOKEN_CALL : DEVICE_QUERY;
  // The desk keeps its token, so it is made to fetch one.
  if (on === 'token') await simulator.control('POST', '/tokens/revoke', { kind: 'app' });
  const match = deviceId === undefined ? {} : { match: `deviceId=${deviceId}` };
  await simulator.control('PUT', '/faults', { path, fault, ...match, ...args });
}
