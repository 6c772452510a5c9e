import type { Answer } from '../answer.ts';
import { apiError, oldAnswer, oldAuthError } from '../api-error.ts';

/** The new API identifies errors by code, the old one by errcode. */
export type Family = 'new' | 'old' | 'page';

type Refusal = { status: number; code: string; message: string; old: () => Answer };

const banned = '您的服务器调用钉钉开放平台当前接口的所有请求都被暂时禁用';
const noPermission = '没有调用该接口的权限';
const notListed = '访问ip不在白名单之中';
const badToken = '不合法的access_token';
const busy = '请求太频繁';
const late = '请求处理超时';

export const REFUSALS = {
  token: {
    status: 400,
    code: 'InvalidAuthentication',
    message: badToken,
    old: () => oldAuthError('40014', badToken),
  },
  qps: {
    status: 403,
    code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
    message: banned,
    old: () => oldAnswer(90018, banned),
  },
  qpm: {
    status: 403,
    code: 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi',
    message: banned,
    old: () => oldAnswer(90018, banned),
  },
  'qps-api': {
    status: 403,
    code: 'Forbidden.AccessDenied.QpsLimitForApi',
    message: banned,
    old: () => oldAnswer(90002, banned),
  },
  scope: {
    status: 403,
    code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
    message: noPermission,
    old: () => oldAuthError('60011', noPermission),
  },
  'ip-list': {
    status: 403,
    code: 'Forbidden.AccessDenied.IpNotInWhiteList',
    message: notListed,
    old: () => oldAuthError('60020', notListed),
  },
  busy: { status: 429, code: 'system.busy', message: busy, old: () => oldAnswer(-1, '系统繁忙') },
  'operation-timeout': {
    status: 503,
    code: 'operationTimeout',
    message: late,
    old: () => oldAnswer(15, late),
  },
  'gateway-timeout': { status: 504, code: 'Gateway Timeout', message: late, old: () => oldAnswer(15, late) },
} satisfies Record<string, Refusal>;

export type RefusalName = keyof typeof REFUSALS;

export function refuse(name: RefusalName, family: Family, extra?: Record<string, unknown>): Answer {
  const { status, code, message, old } = REFUSALS[name];
  return family === 'old' ? old() : apiError(status, code, message, extra);
}

/** The message names the figures, as the one known message of this kind does. */
export function refuseQuota(family: Family, spent: number, monthly: number): Answer {
  const message = `您的企业本月api调用量已超过限制,调用量:${spent + 1}次,额度:${monthly}次,请登录开发者后台-资源管理-查看用量明细`;
  return family === 'old'
    ? oldAnswer(90020, message)
    : apiError(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', message);
}
