import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEVICES, everythingIn, failure, openScene, type Scene, TOKEN } from '#lib/dingtalk/testing/scene.ts';
import { json, text } from '#lib/dingtalk/testing/scripted-upstream.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';

const DENIED = 'Forbidden.AccessDenied.';

type Row = [status: number, code: string, reason: ErrorReason, seconds: number | null];

// DingTalk docs: server-api-error-codes-1, and the device query's own page.
const NEW_API: Row[] = [
  [400, 'device.not.found', 'device-not-found.device', null],
  [400, 'param.error', 'dingtalk-refused.operator-missing', null],
  [403, 'no.permission', 'dingtalk-refused.operator', null],
  [400, 'no.permission', 'dingtalk-refused.operator', null],
  [500, 'system.error', 'dingtalk-unreachable.fault', null],
  [500, 'group.query.error', 'dingtalk-unreachable.fault', null],
  [400, 'room.not.found', 'room-not-found.room', null],
  [400, 'org.not.found', 'dingtalk-refused.organisation', null],
  [400, 'user.not.employee', 'dingtalk-refused.operator-left', null],
  [400, 'user.not.org', 'dingtalk-refused.operator-left', null],
  [400, 'InvalidAuthentication', 'dingtalk-refused.token', null],
  [400, 'AuthenticationFailed.MissingParameter', 'dingtalk-refused.token', null],
  [403, `${DENIED}AccessTokenPermissionDenied`, 'dingtalk-refused.scope', null],
  [403, `${DENIED}IpNotInWhiteList`, 'dingtalk-refused.ip-list', null],
  [403, `${DENIED}QpsLimitForAppkeyAndApi`, 'dingtalk-throttled.rate', 1],
  [403, `${DENIED}QpmLimitForAppkeyAndApi`, 'dingtalk-throttled.minute', 60],
  [403, `${DENIED}QpsLimitForApi`, 'dingtalk-throttled.platform', 2],
  [403, `${DENIED}ApiCountLimitForOrg`, 'dingtalk-budget-spent.organisation-quota', null],
  [429, 'system.busy', 'dingtalk-throttled.busy', 5],
  [429, 'systemBusy', 'dingtalk-throttled.busy', 5],
  [429, 'nobody.knows', 'dingtalk-throttled.busy', 5],
  [503, 'operationTimeout', 'dingtalk-unreachable.fault', null],
  [504, 'Gateway Timeout', 'dingtalk-unreachable.fault', null],
  [500, 'unknownError', 'dingtalk-unreachable.fault', null],
  [401, 'authFailed', 'dingtalk-refused.credentials', null],
  [401, 'nobody.knows', 'dingtalk-refused.unrecognised', null],
  [403, `${DENIED}SomethingNew`, 'dingtalk-refused.unrecognised', null],
  [400, 'nobody.knows', 'dingtalk-confused.unrecognised', null],
  [404, 'constructor', 'dingtalk-confused.unrecognised', null],
];

const TOKEN_CALL: Row[] = [
  [400, 'invalidClientIdOrSecret', 'dingtalk-refused.credentials', null],
  [400, 'invalid.client', 'dingtalk-refused.credentials', null],
  [401, 'unauthorized.client', 'dingtalk-refused.credentials', null],
  [400, 'unsupported.grant.type', 'dingtalk-refused.token', null],
  [500, 'server.error', 'dingtalk-unreachable.fault', null],
  [500, 'unknownError', 'dingtalk-refused.organisation', null],
];

const OLD_API: [body: object, code: string, reason: ErrorReason, seconds: number | null][] = [
  [{ errcode: 88, sub_code: '40014' }, '88.40014', 'dingtalk-refused.token', null],
  [{ errcode: 88, sub_code: '40000' }, '88.40000', 'dingtalk-refused.token', null],
  [{ errcode: 88, sub_code: 60011 }, '88.60011', 'dingtalk-refused.scope', null],
  [{ errcode: '88', sub_code: '60020' }, '88.60020', 'dingtalk-refused.ip-list', null],
  [{ errcode: 88, sub_code: '' }, '88.', 'dingtalk-unreachable.fault', null],
  [{ errcode: 88, sub_code: '77' }, '88.77', 'dingtalk-confused.unrecognised', null],
  [{ errcode: 90018 }, '90018', 'dingtalk-throttled.rate', 1],
  [{ errcode: 90002 }, '90002', 'dingtalk-throttled.platform', 2],
  [{ errcode: 90020 }, '90020', 'dingtalk-budget-spent.organisation-quota', null],
  [{ errcode: -1 }, '-1', 'dingtalk-throttled.busy', 5],
  [{ errcode: 40096 }, '40096', 'dingtalk-refused.credentials', null],
  [{ errcode: 404, errmsg: '请求的URI地址不存在' }, '404', 'dingtalk-confused.unrecognised', null],
  [{ errcode: 33012 }, '33012', 'dingtalk-confused.unrecognised', null],
  [{ errcode: 'odd' }, 'odd', 'dingtalk-confused.unrecognised', null],
];

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ callsPerSecond: 10_000 });
});
afterAll(() => scene.close());

describe('an error response is classified by its whole code', () => {
  test.each(NEW_API)('%i %s is %s', async (status, code, reason, seconds) => {
    const message = '没有调用该接口的权限 device not found';
    scene.upstream.on(DEVICES, json(status, { code, message, requestid: 'R-9' }));
    const error = await failure(scene.ask());
    expect(error.reason).toBe(reason);
    expect(error.upstream).toEqual({ status, code, requestId: 'R-9' });
    expect(error.retryAfterSeconds).toBe(seconds);
  });

  test.each(TOKEN_CALL)('at the token call, %i %s is %s', async (status, code, reason, seconds) => {
    const other = await openScene();
    other.upstream.on(TOKEN, json(status, { code, message: '未知错误', requestid: 'R-8' }));
    const error = await failure(other.ask());
    expect(error.reason).toBe(reason);
    expect(error.upstream).toEqual({ status, code, requestId: 'R-8' });
    expect(error.retryAfterSeconds).toBe(seconds);
    expect(other.upstream.count(DEVICES)).toBe(0);
    await other.close();
  });

  test.each(OLD_API)('HTTP 200 with %j is code %s, %s', async (body, code, reason, seconds) => {
    scene.upstream.on(DEVICES, json(200, { ...body, request_id: 'old-7' }));
    const error = await failure(scene.ask());
    expect(error.reason).toBe(reason);
    expect(error.upstream).toEqual({ status: 200, code, requestId: 'old-7' });
    expect(error.retryAfterSeconds).toBe(seconds);
  });
});

describe('of an error response, Rooms Desk keeps', () => {
  test('the missing scopes, in both spellings of their key', async () => {
    const code = `${DENIED}AccessTokenPermissionDenied`;
    const requiredScopes = ['VideoConference.Conference.Read', 7, null, 'qyapi_get_member'];
    for (const key of ['accessdenieddetail', 'AccessDeniedDetail']) {
      scene.upstream.on(DEVICES, json(403, { code, [key]: { requiredScopes } }));
      const error = await failure(scene.ask());
      expect(error.values).toEqual({ scopes: 'VideoConference.Conference.Read, 7, qyapi_get_member' });
    }
  });

  test('the code and the request ID in capitals', async () => {
    scene.upstream.on(DEVICES, json(400, { Code: 'device.not.found', RequestId: 'R-2' }));
    const error = await failure(scene.ask());
    expect(error.reason).toBe('device-not-found.device');
    expect(error.upstream?.requestId).toBe('R-2');
  });

  test('the request ID of a header when the body has none', async () => {
    scene.upstream.on(DEVICES, text(404, '<html>', { 'x-acs-request-id': 'R-3' }));
    expect((await failure(scene.ask())).upstream).toEqual({ status: 404, code: null, requestId: 'R-3' });
  });

  test('never more of a code than fits a log line, and nothing but words', async () => {
    scene.upstream.on(DEVICES, json(400, { code: 'x'.repeat(100_000), requestid: { deep: 1 } }));
    const { upstream } = await failure(scene.ask());
    expect(upstream).toEqual({ status: 400, code: 'x'.repeat(128), requestId: null });
  });

  test('never a token in the place of a code', async () => {
    const token = 'f22369dd86570a77a36c7a1144f812e8';
    for (const body of [
      { code: token },
      { Code: token },
      { errcode: token },
      { errcode: 88, sub_code: token },
    ]) {
      for (const status of [200, 400, 403, 500]) {
        scene.upstream.on(DEVICES, json(status, body));
        const error = await failure(scene.ask());
        expect(error.code).not.toBe('internal');
        expect(everythingIn(error)).not.toContain(token);
      }
    }
  });
});
