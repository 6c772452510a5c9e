import { htmlAnswer, jsonAnswer, redirectAnswer } from '../answer.ts';
import { apiError, oldAnswer } from '../api-error.ts';
import { presentedToken } from '../gateway.ts';
import { type FaultKind, numberArg, type Scene, textArg } from './fault-kind.ts';
import { type RefusalName, refuse, refuseQuota } from './refusals.ts';

const familyOf = ({ api }: Scene) => api?.family ?? 'new';

const tokenOf = ({ api, question }: Scene) => (api ? presentedToken(api, question) : '');

const refused = (name: RefusalName, counted: 'yes' | 'no', meaning: string): FaultKind => ({
  meaning,
  counted,
  instead: (scene) => refuse(name, familyOf(scene)),
});

const page = (title: string) =>
  `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;

/** Faults that answer in place of the API. */
export const REFUSAL_FAULTS: Record<string, FaultKind> = {
  'http-500': {
    meaning: 'DingTalk fails: 500 system.error',
    counted: 'yes',
    instead: () => apiError(500, 'system.error', 'system error'),
  },
  'html-502': {
    meaning: 'a proxy on the way answers 502 with a page',
    counted: 'no',
    instead: () => htmlAnswer(502, page('502 Bad Gateway')),
  },
  'html-200': {
    meaning: 'a wall on the way answers 200 with a page',
    counted: 'no',
    instead: () => htmlAnswer(200, page('Access verification')),
  },
  'ip-ban': {
    meaning: 'our address is banned: 200 with {"status":1111,...}',
    counted: 'no',
    instead: () => jsonAnswer(200, { status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: 'xxx' }),
  },
  'errcode-200': {
    meaning: '200 with an error of the old API in the body',
    args: { errcode: 88, errmsg: '...', sub_code: '60011', sub_msg: '...' },
    counted: 'yes',
    instead: ({ args }) => {
      const { errcode, errmsg, ...rest } = args;
      const permission = { sub_code: '60011', sub_msg: '没有调用该接口的权限' };
      const extra = errcode === undefined ? { ...permission, ...rest } : rest;
      return oldAnswer(numberArg(errcode, 88), textArg(errmsg, '鉴权异常'), extra);
    },
  },
  redirect: {
    meaning: '302 to somewhere else',
    args: { location: 'http://elsewhere.invalid/' },
    counted: 'no',
    instead: ({ args }) => redirectAnswer(textArg(args.location, 'http://elsewhere.invalid/')),
  },
  'token-expired': {
    meaning: 'the token that came with the call is over: InvalidAuthentication; a new one is expired as well',
    counted: 'no',
    instead: (scene) => {
      scene.dingtalk.tokens.revoke(tokenOf(scene));
      return refuse('token', familyOf(scene));
    },
  },
  'token-revoked': {
    meaning: 'the token is revoked while the call is under way; the next token works',
    counted: 'as-usual',
    times: 1,
    before: (scene) => scene.dingtalk.tokens.revoke(tokenOf(scene)),
  },
  qps: { ...refused('qps', 'no', 'too many calls a second of our own'), throttles: true },
  qpm: { ...refused('qpm', 'no', 'too many calls a minute of our own'), throttles: true },
  'qps-api': { ...refused('qps-api', 'no', 'too many calls a second of everybody'), throttles: true },
  quota: {
    meaning: "the month's calls are spent",
    counted: 'no',
    throttles: true,
    instead: (scene) => {
      const { monthly } = scene.dingtalk.limits.settings;
      return refuseQuota(familyOf(scene), monthly, monthly);
    },
  },
  scope: {
    meaning: 'the app has no permission for the API; requiredScopes names it',
    args: { requiredScopes: ['VideoConference.Conference.Read'] },
    counted: 'yes',
    instead: (scene) => {
      const requiredScopes = scene.args.requiredScopes ?? ['VideoConference.Conference.Read'];
      return refuse('scope', familyOf(scene), { accessdenieddetail: { requiredScopes } });
    },
  },
  'ip-list': refused('ip-list', 'yes', 'our address is not on the list of the app'),
  operator: {
    meaning: 'the operator may not query: no.permission',
    counted: 'yes',
    instead: (scene) =>
      familyOf(scene) === 'old' ? refuse('scope', 'old') : apiError(403, 'no.permission', 'no permission'),
  },
  busy: refused('busy', 'yes', 'the service is throttled: 429 system.busy'),
  'operation-timeout': refused(
    'operation-timeout',
    'yes',
    'DingTalk gave up after 3 s: 503 operationTimeout',
  ),
  'gateway-timeout': refused('gateway-timeout', 'yes', 'DingTalk gave up after 3 s: 504 Gateway Timeout'),
  error: {
    meaning: 'any error of the new API',
    args: { status: 400, code: 'some.error', message: 'some error' },
    counted: 'yes',
    instead: ({ args }) => {
      const code = textArg(args.code, 'some.error');
      return apiError(numberArg(args.status, 400), code, textArg(args.message, 'some error'));
    },
  },
};
