import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { everythingIn, failure, openScene, type Scene, TOKEN } from '#lib/dingtalk/testing/scene.ts';
import { json, text } from '#lib/dingtalk/testing/scripted-upstream.ts';
import { SignInRefused } from './directory.ts';

const TRADE = '/topapi/v2/user/getuserinfo';
const BY_UNION_ID = '/topapi/user/getbyunionid';
const DETAILS = '/topapi/v2/user/get';

const ok = (result: object) => json(200, { errcode: 0, errmsg: 'ok', result });
const refused = (sub_code: string) => json(200, { errcode: 88, sub_code });

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
  scene.upstream.on(TRADE, ok({ userid: 'u-7', unionid: 'union-7', name: 'Xiao', sys: true, sys_level: 1 }));
  scene.upstream.on(BY_UNION_ID, ok({ contact_type: 0, userid: 'u-7' }));
  scene.upstream.on(DETAILS, ok({ name: '小明', admin: true, role_list: [{ name: 'IT' }] }));
});
afterEach(() => scene.close());

const signIn = () => scene.dingtalk.directory.signInInApp('canary-code');

async function refusal(): Promise<string> {
  const thrown: unknown = await signIn().catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(SignInRefused);
  expect(everythingIn(thrown)).not.toMatch(/canary/);
  return (thrown as SignInRefused).reason;
}

describe('signing in from inside DingTalk’s client', () => {
  test('returns the person as the browser’s sign-in does, with documented calls', async () => {
    expect(await signIn()).toEqual({
      unionId: 'union-7',
      name: '小明',
      avatarUrl: null,
      userId: 'u-7',
      admin: true,
      roles: ['IT'],
      corpId: 'dingcorp',
    });
    const [, trade, byUnionId, details] = scene.upstream.seen;
    expect(trade?.url.pathname).toBe(TRADE);
    expect(trade?.url.searchParams.get('access_token')).toBe('canary-access-token');
    expect(JSON.parse(trade?.body ?? '')).toEqual({ code: 'canary-code' });
    expect(JSON.parse(byUnionId?.body ?? '')).toEqual({ unionid: 'union-7' });
    expect(JSON.parse(details?.body ?? '')).toEqual({ userid: 'u-7', language: 'en_US' });
  });

  test('ignores the rank in the answer to the code: the details decide', async () => {
    scene.upstream.on(DETAILS, ok({ name: '小明', admin: false, role_list: [] }));
    expect(await signIn()).toMatchObject({ admin: false, roles: [] });
    scene.upstream.on(DETAILS, refused('60011'));
    expect(await signIn()).toMatchObject({ name: 'Xiao', admin: false, roles: [] });
  });

  test('exchanges a code once, and once more only when the token was rejected', async () => {
    scene.upstream.on(TRADE, json(503, {}));
    expect((await failure(signIn())).code).toBe('dingtalk-unreachable');
    expect(scene.upstream.count(TRADE)).toBe(1);
    scene.upstream.on(TRADE, refused('40014'), ok({ userid: 'u-7', unionid: 'union-7' }));
    expect((await signIn()).unionId).toBe('union-7');
    expect(scene.upstream.count(TOKEN)).toBe(2);
  });

  test.each([
    ['a web page', text(200, '<html>')],
    ['a redirect', text(302, '', { location: 'https://www.dingtalk.com/' })],
    ['errcode 404', json(200, { errcode: 404 })],
    ['a rejected token', refused('40014')],
  ])('reports the old-style host as the cause when it answers %s', async (_, answer) => {
    scene.upstream.on(TRADE, answer);
    expect(await refusal()).toBe('old-api');
  });

  test('reports the old-style host as the cause when it does not exist', async () => {
    const other = await openScene({ oapiOrigin: 'http://127.0.0.1:1' });
    const thrown: unknown = await other.dingtalk.directory
      .signInInApp('code')
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: 'SignInRefused', reason: 'old-api' });
    await other.close();
  });

  test('is refused for a code that DingTalk rejects', async () => {
    scene.upstream.on(TRADE, json(200, { errcode: 40078, errmsg: '不存在的临时授权码' }));
    expect(await refusal()).toBe('code-refused');
    expect(scene.upstream.count(BY_UNION_ID)).toBe(0);
  });

  test('is refused for a person whom the address book has as external or not at all', async () => {
    scene.upstream.on(BY_UNION_ID, ok({ contact_type: 1, userid: 'u-7' }));
    expect(await refusal()).toBe('not-an-employee');
    scene.upstream.on(BY_UNION_ID, json(200, { errcode: 60121 }));
    expect(await refusal()).toBe('not-an-employee');
  });

  test('works without the address book where the app may not read it', async () => {
    scene.upstream.on(BY_UNION_ID, refused('60011'));
    expect(await signIn()).toMatchObject({ unionId: 'union-7', userId: 'u-7' });
  });

  test.each([
    ['no union id', { userid: 'u-7' }],
    ['no user id', { unionid: 'union-7' }],
    ['nothing', {}],
  ])('refuses an answer with %s', async (_, result) => {
    scene.upstream.on(TRADE, ok(result));
    expect((await failure(signIn())).reason).toBe('dingtalk-confused.shape');
  });

  test('is refused when two answers describe two people', async () => {
    scene.upstream.on(BY_UNION_ID, ok({ contact_type: 0, userid: 'u-8' }));
    expect((await failure(signIn())).reason).toBe('dingtalk-confused.shape');
  });
});
