import { randomBytes, randomUUID } from 'node:crypto';
import { type Answer, jsonAnswer } from './answer.ts';

/** An error of the new API: a real status, and `requestid` in lower case. */
export function apiError(
  status: number,
  code: string,
  message: string,
  extra: Record<string, unknown> = {},
): Answer {
  return jsonAnswer(status, { code, requestid: randomUUID().toUpperCase(), message, ...extra });
}

/** The old API always answers 200; the result is in `errcode`. */
export function oldAnswer(errcode: number, errmsg: string, extra: Record<string, unknown> = {}): Answer {
  return jsonAnswer(200, { errcode, errmsg, ...extra, request_id: randomBytes(6).toString('hex') });
}

/** The authentication errors of the old API are all 88 and differ by `sub_code`. */
export const oldAuthError = (subCode: string, message: string): Answer =>
  oldAnswer(88, `ding talk error[subcode=${subCode},submsg=${message}]`, {
    sub_code: subCode,
    sub_msg: message,
  });

export const missingBody = (): Answer => apiError(400, 'Missingbody', 'body is mandatory for this action.');

/** DingTalk answers 200 to a path on its API host that does not exist. */
export const noSuchPath = (): Answer => jsonAnswer(200, { errcode: 404, errmsg: '请求的URI地址不存在' });
