import type { Answer } from './answer.ts';
import { apiError, oldAuthError } from './api-error.ts';
import { type Api, apiKey } from './apis/api.ts';
import type { Question } from './apis/question.ts';
import type { DingTalk } from './dingtalk.ts';
import { refuse, refuseQuota } from './faults/refusals.ts';

/** The checks before every API: the token, then the rates, then the quota. */
export function passGateway(
  api: Api,
  question: Question,
  dingtalk: DingTalk,
  counts: boolean,
): Answer | undefined {
  const unauthorised = checkToken(api, question, dingtalk);
  if (unauthorised) return unauthorised;
  if (api.token !== 'app') return undefined;
  const { limits, calls } = dingtalk;
  const excess = limits.admit(apiKey(api), api.metered);
  if (excess) {
    calls.add(apiKey(api), 'refused');
    if (excess === 'quota') return refuseQuota(api.family, limits.spent(), limits.settings.monthly);
    return refuse(excess, api.family);
  }
  if (counts) countCall(api, dingtalk);
  return undefined;
}

export function countCall(api: Api, { limits, calls }: DingTalk): void {
  if (!api.metered) return;
  limits.spend();
  calls.add(apiKey(api), 'counted');
}

/** The new API reads only its own header, the old one only the query. */
export const presentedToken = (api: Api, { headers, query }: Question): string =>
  api.family === 'old'
    ? (query.get('access_token') ?? '')
    : String(headers['x-acs-dingtalk-access-token'] ?? '');

function checkToken(api: Api, question: Question, { tokens }: DingTalk): Answer | undefined {
  if (api.token === 'none') return undefined;
  const token = presentedToken(api, question);
  if (!token) {
    return api.family === 'old'
      ? oldAuthError('40000', '不合法的access_token')
      : apiError(400, 'AuthenticationFailed.MissingParameter', '缺少参数：x-acs-dingtalk-access-token');
  }
  return tokens.grantOf(token, api.token) ? undefined : refuse('token', api.family);
}
