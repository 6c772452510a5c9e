import { type Answer, jsonAnswer } from '../answer.ts';
import { apiError, missingBody, oldAnswer } from '../api-error.ts';
import { APP, type DingTalk } from '../dingtalk.ts';
import { presentedToken } from '../gateway.ts';
import { type Person, personByUnionId } from '../people/people.ts';
import type { Api } from './api.ts';
import { jsonBody, looseBody, type Question, text } from './question.ts';
import { wrongClient } from './token-apis.ts';

const exempt = { metered: false } as const;
const old = { ...exempt, method: 'POST', family: 'old', token: 'app' } as const;
const ME: Api = {
  ...exempt,
  method: 'GET',
  path: '/v1.0/contact/users/me',
  family: 'new',
  token: 'user',
  answer: whoAmI,
};

export const CONTACT_APIS: readonly Api[] = [
  {
    ...exempt,
    method: 'POST',
    path: '/v1.0/oauth2/userAccessToken',
    family: 'new',
    token: 'none',
    answer: userToken,
  },
  ME,
  { ...old, path: '/topapi/user/getbyunionid', answer: byUnionId },
  { ...old, path: '/topapi/v2/user/get', answer: userDetails },
  { ...old, path: '/topapi/v2/user/getuserinfo', answer: inAppUser },
];

/** corpId is present only when the sign-in requested the scope corpid. */
function userToken(question: Question, { tokens, signIn }: DingTalk): Answer {
  const body = jsonBody(question);
  if (!body) return missingBody();
  if (body.clientId !== APP.clientId || body.clientSecret !== APP.clientSecret) return wrongClient();
  if (body.grantType === 'refresh_token') return refreshed(text(body.refreshToken), tokens);
  if (body.grantType !== 'authorization_code') {
    return apiError(400, 'unsupported.grant.type', '不支持的grantType');
  }
  const code = signIn.redeem('browser', text(body.code));
  if (!code) return apiError(400, 'invalidParameter.authCode.notFound', '不合法的临时授权码');
  const corpId = code.withCorpId ? (personByUnionId(code.unionId)?.corpId ?? '') : '';
  return granted(code.unionId, corpId, tokens);
}

function refreshed(refreshToken: string, tokens: DingTalk['tokens']): Answer {
  const grant = tokens.grantOf(refreshToken, 'refresh');
  if (!grant) return apiError(400, 'invalidParameter.refreshToken.notFound', '不合法的refreshToken');
  tokens.revoke(refreshToken);
  return granted(grant.unionId, grant.corpId, tokens);
}

function granted(unionId: string, corpId: string, tokens: DingTalk['tokens']): Answer {
  return jsonAnswer(200, {
    ...tokens.userTokens(unionId, corpId),
    expireIn: tokens.seconds,
    ...(corpId ? { corpId } : {}),
  });
}

function whoAmI(question: Question, { tokens }: DingTalk): Answer {
  const grant = tokens.grantOf(presentedToken(ME, question), 'user');
  const person = personByUnionId(grant?.unionId ?? '');
  if (!person) return apiError(404, 'invalidParameter.user.notFound', '用户不存在');
  const { name, unionId, email, mobile } = person;
  return jsonAnswer(200, {
    nick: name,
    avatarUrl: '',
    openId: `open-${unionId}`,
    unionId,
    ...(email ? { email } : {}),
    ...(mobile ? { mobile, stateCode: '86' } : {}),
  });
}

function byUnionId(question: Question, { addressBook }: DingTalk): Answer {
  const unionId = text(looseBody(question).unionid);
  if (!unionId) return oldAnswer(40035, '缺少参数 unionid');
  const person = addressBook.byUnionId(unionId);
  if (!person) return oldAnswer(60121, '找不到该用户');
  return oldAnswer(0, 'ok', { result: { contact_type: person.contactType, userid: person.userid } });
}

function userDetails(question: Question, { addressBook }: DingTalk): Answer {
  const userid = text(looseBody(question).userid);
  if (!userid) return oldAnswer(40035, '缺少参数 userid');
  const person = addressBook.byUserId(userid);
  return person ? oldAnswer(0, 'ok', { result: details(person) }) : oldAnswer(33012, '无效的USERID');
}

function details(person: Person): Record<string, unknown> {
  const { userid, unionId, name, title, admin, roles, email, mobile } = person;
  return {
    userid,
    unionid: unionId,
    name,
    avatar: '',
    active: true,
    admin,
    boss: false,
    senior: false,
    dept_id_list: [1],
    leader_in_dept: [{ dept_id: 1, leader: admin }],
    role_list: roles,
    title,
    job_number: userid.slice(-4),
    ...(email ? { email } : {}),
    ...(mobile ? { mobile } : {}),
  };
}

function inAppUser(question: Question, { signIn, addressBook }: DingTalk): Answer {
  const code = signIn.redeem('in-app', text(looseBody(question).code));
  const person = code && addressBook.byUnionId(code.unionId);
  if (!person) return oldAnswer(40078, '不存在的临时授权码');
  const { userid, unionId, name, admin } = person;
  return oldAnswer(0, 'ok', {
    result: {
      userid,
      unionid: unionId,
      associated_unionid: unionId,
      name,
      sys: admin,
      sys_level: admin ? 1 : 0,
      device_id: '',
    },
  });
}
