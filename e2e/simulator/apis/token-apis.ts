import type { Answer } from '../answer.ts';
import { jsonAnswer } from '../answer.ts';
import { apiError, missingBody, oldAnswer } from '../api-error.ts';
import { APP, type DingTalk } from '../dingtalk.ts';
import { CORP_ID } from '../people/people.ts';
import type { Api } from './api.ts';
import { jsonBody, type Question, text } from './question.ts';

const open = { token: 'none', metered: false } as const;

export const TOKEN_APIS: readonly Api[] = [
  { ...open, method: 'POST', path: '/v1.0/oauth2/accessToken', family: 'new', answer: accessToken },
  { ...open, method: 'POST', path: '/v1.0/oauth2/{corpId}/token', family: 'new', answer: corpToken },
  { ...open, method: 'GET', path: '/gettoken', family: 'old', answer: oldToken },
];

export const wrongClient = (): Answer =>
  apiError(400, 'invalidClientIdOrSecret', '无效的clientId或者clientSecret');

const isApp = (clientId: unknown, clientSecret: unknown): boolean =>
  clientId === APP.clientId && clientSecret === APP.clientSecret;

function accessToken(question: Question, { tokens }: DingTalk): Answer {
  const body = jsonBody(question);
  if (!body) return missingBody();
  if (!isApp(body.appKey, body.appSecret)) return wrongClient();
  return jsonAnswer(200, { accessToken: tokens.appToken(), expireIn: tokens.seconds });
}

/** A wrong corpId looks like a server error, as at DingTalk. */
function corpToken(question: Question, { tokens }: DingTalk): Answer {
  const body = jsonBody(question);
  if (!body) return missingBody();
  if (question.params.corpId !== CORP_ID) return apiError(500, 'unknownError', '未知错误');
  if (body.grant_type !== 'client_credentials') {
    return apiError(400, 'unsupported.grant.type', '不支持的grant_type');
  }
  if (!isApp(body.client_id, body.client_secret)) return apiError(400, 'invalid.client', '无效的client');
  return jsonAnswer(200, { access_token: tokens.appToken(), expires_in: tokens.seconds });
}

function oldToken({ query }: Question, { tokens }: DingTalk): Answer {
  const [key, secret] = [text(query.get('appkey')), text(query.get('appsecret'))];
  if (!key || !secret) return oldAnswer(40035, '缺少参数 appkey or appsecret');
  if (!isApp(key, secret)) return oldAnswer(40096, '不合法的appKey或appSecret');
  return jsonAnswer(200, {
    errcode: 0,
    access_token: tokens.appToken(),
    errmsg: 'ok',
    expires_in: tokens.seconds,
  });
}
