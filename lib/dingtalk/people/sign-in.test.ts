import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Unchecked } from '#lib/dingtalk/client/old-api.ts';
import { everythingIn, failure, openScene, type Scene, TOKEN } from '#lib/dingtalk/testing/scene.ts';
import { type Answer, json, text } from '#lib/dingtalk/testing/scripted-upstream.ts';
import { systemClock } from '#lib/server/system-clock.ts';
import { SignInRefused } from './directory.ts';

const TRADE = '/v1.0/oauth2/userAccessToken';
const ME = '/v1.0/contact/users/me';
const BY_UNION_ID = '/topapi/user/getbyunionid';
const DETAILS = '/topapi/v2/user/get';

const userToken = (corpId?: string) =>
  json(200, { accessToken: 'canary-user-token', refreshToken: 'canary-user-token', expireIn: 7200, corpId });
const employee = json(200, { errcode: 0, errmsg: 'ok', result: { contact_type: 0, userid: 'u-7' } });

function script({ upstream }: Scene): void {
  upstream.on(TRADE, userToken('dingcorp'));
  upstream.on(ME, json(200, { nick: 'Xiao', avatarUrl: 'https://x/a.png', unionId: 'union-7', openId: 'o' }));
  upstream.on(BY_UNION_ID, employee);
  upstream.on(
    DETAILS,
    json(200, {
      errcode: 0,
      result: {
        name: '小明',
        admin: true,
        role_list: [
          { id: 1, name: 'IT', group_name: 'g' },
          { id: 2, name: 'AV' },
        ],
      },
    }),
  );
}

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
  script(scene);
});
afterEach(() => scene.close());

const signIn = () => scene.dingtalk.directory.signIn('code-1');

async function refusal(promise: Promise<unknown>): Promise<string> {
  const thrown: unknown = await promise.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(SignInRefused);
  expect(everythingIn(thrown)).not.toMatch(/canary/);
  return (thrown as SignInRefused).reason;
}

/** The same with no organisation configured. */
async function openOrganisation(): Promise<Scene> {
  const other = await openScene({ corpId: null });
  script(other);
  other.upstream.on(
    '/v1.0/oauth2/accessToken',
    json(200, { accessToken: 'canary-access-token', expireIn: 7200 }),
  );
  return other;
}

describe('signing in', () => {
  test('returns the person, with documented calls', async () => {
    expect(await signIn()).toEqual({
      unionId: 'union-7',
      name: '小明',
      avatarUrl: 'https://x/a.png',
      userId: 'u-7',
      admin: true,
      roles: ['IT', 'AV'],
      corpId: 'dingcorp',
    });
    const [trade, me, token, byUnionId, details] = scene.upstream.seen;
    expect(JSON.parse(trade?.body ?? '')).toEqual({
      clientId: 'client',
      clientSecret: 'canary-client-secret',
      code: 'code-1',
      grantType: 'authorization_code',
    });
    expect(me?.headers['x-acs-dingtalk-access-token']).toBe('canary-user-token');
    expect(token?.url.pathname).toBe(TOKEN);
    expect(byUnionId?.url.searchParams.get('access_token')).toBe('canary-access-token');
    expect(JSON.parse(byUnionId?.body ?? '')).toEqual({ unionid: 'union-7' });
    expect(JSON.parse(details?.body ?? '')).toEqual({ userid: 'u-7', language: 'en_US' });
  });

  test('starts at the login host with the documented parameters', () => {
    expect(scene.dingtalk.directory.authorization).toEqual({
      url: 'https://login.test/oauth2/auth',
      params: {
        client_id: 'client',
        response_type: 'code',
        scope: 'openid corpid',
        prompt: 'consent',
        corpId: 'dingcorp',
      },
    });
  });

  test('requests no organization where none is configured', async () => {
    const other = await openOrganisation();
    expect(other.dingtalk.directory.authorization.params).not.toHaveProperty('corpId');
    await other.close();
  });

  test('continues without the optional details of a person', async () => {
    scene.upstream.on(ME, json(200, { unionId: 'union-7', avatarUrl: 'javascript:alert(1)', nick: null }));
    scene.upstream.on(DETAILS, json(200, { errcode: 0, result: { admin: 'yes', role_list: null } }));
    expect(await signIn()).toMatchObject({ name: 'union-7', avatarUrl: null, admin: false, roles: [] });
  });

  test('renews a token that the old API no longer accepts', async () => {
    scene.upstream.on(BY_UNION_ID, json(200, { errcode: 88, sub_code: '40014' }), employee);
    expect((await signIn()).userId).toBe('u-7');
    expect(scene.upstream.count(TOKEN)).toBe(2);
  });
});

describe('a person from outside', () => {
  test.each([['dingother'], [undefined], ['']])(
    'with organization %s is refused, without further calls',
    async (corpId) => {
      scene.upstream.on(TRADE, userToken(corpId));
      expect(await refusal(signIn())).toMatch(/^other-organisation$/);
      expect(scene.upstream.seen).toHaveLength(1);
    },
  );

  test.each([
    ['an external contact', json(200, { errcode: 0, result: { contact_type: 1, userid: 'u' } })],
    [
      'a kind of contact that is new to us',
      json(200, { errcode: 0, result: { contact_type: 9, userid: 'u' } }),
    ],
    ['unknown', json(200, { errcode: 60121, errmsg: '找不到该用户' })],
  ])('%s is not an employee, with or without a configured organisation', async (_, answer) => {
    const other = await openOrganisation();
    for (const { upstream, dingtalk } of [scene, other]) {
      upstream.on(BY_UNION_ID, answer);
      expect(await refusal(dingtalk.directory.signIn('code'))).toBe('not-an-employee');
    }
    await other.close();
  });

  test.each(['canary-user-token\n', '\ud800canary-user-token', ''])(
    'a token that no header can carry, %j, is dingtalk-confused.shape and causes no further call',
    async (accessToken) => {
      scene.upstream.on(TRADE, json(200, { accessToken, expireIn: 7200, corpId: 'dingcorp' }));
      expect((await failure(signIn())).reason).toBe('dingtalk-confused.shape');
      expect(scene.upstream.count(ME)).toBe(0);
    },
  );

  test.each([null, '', false, {}, undefined])('contact_type %j is refused', async (contact_type) => {
    scene.upstream.on(BY_UNION_ID, json(200, { errcode: 0, result: { contact_type, userid: 'u' } }));
    expect((await failure(signIn())).reason).toBe('dingtalk-confused.shape');
  });

  test('an unknown person is not an employee', async () => {
    scene.upstream.on(ME, json(404, { code: 'invalidParameter.user.notFound' }));
    expect(await refusal(signIn())).toBe('not-an-employee');
  });

  test('a code that DingTalk rejects is refused, and exchanged once', async () => {
    scene.upstream.on(TRADE, json(400, { code: 'invalidParameter.authCode.notFound' }));
    expect(await refusal(signIn())).toBe('code-refused');
    expect(scene.upstream.count(TRADE)).toBe(1);
    scene.upstream.on(TRADE, json(200, { code: 'invalidParameter.authCode.notFound', message: 'x' }));
    expect(await refusal(signIn())).toBe('code-refused');
  });

  test('a wrong path under HTTP 200 is not reported as a bad code', async () => {
    scene.upstream.on(TRADE, json(200, { errcode: 404, errmsg: 'x' }));
    expect((await failure(signIn())).reason).toBe('dingtalk-confused.unrecognised');
  });
});

describe('an error of DingTalk is not reported as the person’s fault', () => {
  test.each<[string, Answer, string]>([
    ['bad credentials', json(400, { code: 'invalidClientIdOrSecret' }), 'dingtalk-refused.credentials'],
    ['a fault', json(503, { code: 'operationTimeout' }), 'dingtalk-unreachable.fault'],
    [
      'a proxy’s page',
      (response) => void response.writeHead(407).end('<html>'),
      'dingtalk-confused.unrecognised',
    ],
    ['an answer without a token', json(200, { corpId: 'dingcorp' }), 'dingtalk-confused.shape'],
  ])('%s at the exchange of the code', async (_, answer, reason) => {
    scene.upstream.on(TRADE, answer);
    expect((await failure(signIn())).reason).toBe(reason);
    expect(scene.upstream.count(TRADE)).toBe(1);
  });

  test('a missing permission to read people', async () => {
    const code = 'Forbidden.AccessDenied.AccessTokenPermissionDenied';
    scene.upstream.on(ME, json(403, { code, accessdenieddetail: { requiredScopes: ['Contact.User.Read'] } }));
    expect((await failure(signIn())).values).toEqual({ scopes: 'Contact.User.Read' });
  });
});

describe('when the old API is not available', () => {
  const noPermission = json(200, { errcode: 88, sub_code: '60011', sub_msg: '没有调用该接口的权限' });

  test('a matching organization is enough', async () => {
    scene.upstream.on(BY_UNION_ID, noPermission);
    expect(await signIn()).toEqual({
      unionId: 'union-7',
      name: 'Xiao',
      avatarUrl: 'https://x/a.png',
      userId: null,
      admin: false,
      roles: [],
      corpId: 'dingcorp',
    });
    expect(scene.upstream.count(DETAILS)).toBe(0);
  });

  test('a matching organization is enough also when its host does not exist', async () => {
    const other = await openScene({ oapiOrigin: 'http://127.0.0.1:1' });
    script(other);
    expect(await other.dingtalk.directory.signIn('code')).toMatchObject({ userId: null, corpId: 'dingcorp' });
    await other.close();
  });

  // What hosts may answer that do not serve the old-style API for this app.
  const SILENT: [what: string, answer: Answer, reason: string][] = [
    ['a rejected token', json(200, { errcode: 88, sub_code: '40014' }), 'dingtalk-refused.token'],
    ['no token', json(200, { errcode: 88, sub_code: '40000' }), 'dingtalk-refused.token'],
    ['no permission', noPermission, 'dingtalk-refused.scope'],
    ['an address list', json(200, { errcode: 88, sub_code: '60020' }), 'dingtalk-refused.ip-list'],
    ['errcode 404', json(200, { errcode: 404, errmsg: 'x' }), 'dingtalk-confused.unrecognised'],
    ['a web page', text(200, '<!doctype html><p>canary-access-token'), 'dingtalk-confused.not-json'],
    ['a web page with 404', text(404, '<html>'), 'dingtalk-confused.unrecognised'],
    ['a redirect', text(302, '', { location: 'https://www.dingtalk.com/' }), 'dingtalk-confused.redirected'],
    ['a fault', json(503, {}), 'dingtalk-unreachable.fault'],
    ['a throttle', json(200, { errcode: 90018 }), 'dingtalk-throttled.rate'],
  ];

  test.each(SILENT)(
    'and answers %s, a matching organization is enough and the fact is reported',
    async (_, answer, reason) => {
      const reported: Unchecked[] = [];
      const other = await openScene({ onUnchecked: (fact) => reported.push(fact) });
      script(other);
      other.upstream.on(BY_UNION_ID, answer);
      expect(await other.dingtalk.directory.signIn('code')).toMatchObject({
        unionId: 'union-7',
        userId: null,
        admin: false,
        roles: [],
        corpId: 'dingcorp',
      });
      expect(reported).toEqual([
        expect.objectContaining({ host: new URL(other.upstream.origin).host, reason }),
      ]);
      expect(JSON.stringify(reported)).not.toMatch(/canary/);
      await other.close();
    },
  );

  test.each(SILENT)(
    'and answers %s, sign-in is refused without a configured organization',
    async (_, answer) => {
      const reported: Unchecked[] = [];
      const other = await openScene({ corpId: null, onUnchecked: (fact) => reported.push(fact) });
      script(other);
      other.upstream.on(
        '/v1.0/oauth2/accessToken',
        json(200, { accessToken: 'canary-access-token', expireIn: 7200 }),
      );
      other.upstream.on(BY_UNION_ID, answer);
      expect(await refusal(other.dingtalk.directory.signIn('code'))).toBe('not-checked');
      expect(reported).toHaveLength(1);
      await other.close();
    },
  );

  test('a person of another organization is refused, whatever the old API answers', async () => {
    scene.upstream.on(TRADE, userToken('dingother'));
    scene.upstream.on(BY_UNION_ID, text(200, '<html>'));
    expect(await refusal(signIn())).toBe('other-organisation');
  });

  test('a host that never answers delays a sign-in by one attempt', async () => {
    const other = await openScene({ clock: systemClock });
    script(other);
    other.upstream.on(BY_UNION_ID, () => undefined);
    expect(await other.dingtalk.directory.signIn('code')).toMatchObject({ userId: null });
    expect(other.upstream.count(BY_UNION_ID)).toBe(1);
    await other.close();
  });

  test('a person whose details cannot be read gets no special rights', async () => {
    for (const [, answer] of SILENT) {
      scene.upstream.on(DETAILS, answer);
      expect(await signIn()).toMatchObject({ userId: 'u-7', admin: false, roles: [] });
    }
  });

  test('an employee without readable details has no rank', async () => {
    scene.upstream.on(DETAILS, noPermission);
    expect(await signIn()).toMatchObject({ userId: 'u-7', name: 'Xiao', admin: false, roles: [] });
  });
});

describe('the employment check', () => {
  const readEmployee = () => scene.dingtalk.directory.employee('union-7');

  test('returns the current details, without an operator', async () => {
    expect(await readEmployee()).toMatchObject({ admin: true, roles: ['IT', 'AV'] });
    const paths = scene.upstream.seen.map(({ url }) => url.pathname);
    expect(paths).toEqual([TOKEN, BY_UNION_ID, DETAILS]);
  });

  test('is negative for a person who left and for an external contact', async () => {
    for (const answer of [{ errcode: 60121 }, { errcode: 0, result: { contact_type: 1, userid: 'u' } }]) {
      scene.upstream.on(BY_UNION_ID, json(200, answer));
      expect(await refusal(readEmployee())).toBe('not-an-employee');
    }
  });

  test('has no result when DingTalk cannot be asked, which is an error and not a negative result', async () => {
    scene.upstream.on(BY_UNION_ID, json(503, {}));
    expect((await failure(readEmployee())).code).toBe('dingtalk-unreachable');
    scene.upstream.on(BY_UNION_ID, json(200, { errcode: 88, sub_code: '60011' }));
    expect((await failure(readEmployee())).reason).toBe('dingtalk-refused.scope');
    for (const answer of [text(200, '<html>'), text(302, ''), json(200, { errcode: 404 })]) {
      scene.upstream.on(BY_UNION_ID, answer);
      expect((await failure(readEmployee())).code).toBe('dingtalk-confused');
    }
  });

  test('is positive where the details cannot be read', async () => {
    scene.upstream.on(DETAILS, json(200, { errcode: 88, sub_code: '60011' }));
    expect(await readEmployee()).toBeNull();
  });
});
