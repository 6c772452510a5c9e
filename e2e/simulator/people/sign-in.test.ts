import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Tester } from '../tester.ts';

let app: Tester;
beforeAll(async () => {
  app = await Tester.start();
});
beforeEach(() => app.control('POST', '/reset'));
afterAll(() => app.simulator.close());

const BACK = 'http://localhost:3000/api/auth/callback/dingtalk';
const asked = {
  redirect_uri: BACK,
  response_type: 'code',
  client_id: 'dingsimulator',
  scope: 'openid corpid',
  state: 'a state & more',
  prompt: 'consent',
};
const client = { clientId: 'dingsimulator', clientSecret: 'simulator-secret' };

const page = (query: Record<string, string> = {}) =>
  app.call('GET', `/oauth2/auth?${new URLSearchParams({ ...asked, ...query })}`);

/** Follows the link on the page that carries the text, as a person would. */
async function choose(label: string, query: Record<string, string> = {}): Promise<URLSearchParams> {
  const html = String((await page(query)).body.text);
  const href = [...html.matchAll(/<a href="([^"]+)">([^<]+)<\/a>/g)].find(([, , text]) =>
    text?.includes(label),
  )?.[1];
  const path = String(href).replace(/&#(\d+);/g, (_all, code) => String.fromCharCode(Number(code)));
  const answer = await app.call('GET', path);
  expect(answer.status).toBe(302);
  const location = String(answer.headers.get('location'));
  expect(location.startsWith(`${BACK}?`)).toBe(true);
  return new URL(location).searchParams;
}

const redeem = (code: string | null) =>
  app.post('/v1.0/oauth2/userAccessToken', { ...client, code, grantType: 'authorization_code' });

const old = async (path: string, body: object) =>
  (await app.post(`/topapi/${path}?access_token=${await app.token()}`, body)).body;

describe('the sign-in page', () => {
  test('leads from a person to a code, a token and the person', async () => {
    const back = await choose('IT administrator');
    expect(back.get('state')).toBe(asked.state);
    expect(back.get('code')).toBe(back.get('authCode'));
    const { body } = await redeem(back.get('authCode'));
    expect(body).toMatchObject({ expireIn: 7200, corpId: 'dingsimcorp', refreshToken: expect.any(String) });
    const headers = { 'x-acs-dingtalk-access-token': String(body.accessToken) };
    const me = await app.call('GET', '/v1.0/contact/users/me', { headers });
    expect(me.body).toMatchObject({ nick: '陈若兰', unionId: 'simAdminUnionId' });
  });

  test('can return the code under either name alone', async () => {
    for (const [returns, other] of [
      ['code', 'authCode'],
      ['authCode', 'code'],
    ] as const) {
      await app.control('PUT', '/sign-in', { returns });
      const back = await choose('Employee');
      expect(back.get(returns)).toMatch(/^[0-9a-f]{32}$/);
      expect(back.has(other)).toBe(false);
    }
  });

  test('has a link to refuse', async () => {
    const back = await choose('Refuse');
    expect([...back.keys()].sort()).toEqual(['error', 'state']);
    expect(back.get('error')).toBe('access_denied');
  });

  test.each([
    ['another app', { client_id: 'other' }],
    ['an address that is not registered', { redirect_uri: 'https://evil.example/callback' }],
    ['an address that only looks like loopback', { redirect_uri: 'http://127.0.0.1.evil.example/' }],
    ['another response type', { response_type: 'token' }],
    ['no scope openid', { scope: 'corpid' }],
  ])('redirects nowhere for %s', async (_what, query) => {
    const response = await page(query as Record<string, string>);
    expect(response.status).toBe(400);
    expect(response.body.text).not.toContain('<a ');
  });

  test('names the organization only when the scope asks for it, and admits people of other organizations', async () => {
    const plain = await redeem((await choose('IT support', { scope: 'openid' })).get('code'));
    expect(plain.body).not.toHaveProperty('corpId');
    const stranger = await redeem((await choose('another organization')).get('code'));
    expect(stranger.body.corpId).toBe('dingothercorp');
  });
});

describe('a code', () => {
  test('is valid once', async () => {
    const code = (await choose('Employee')).get('code');
    expect((await redeem(code)).status).toBe(200);
    expect(await redeem(code)).toMatchObject({
      status: 400,
      body: { code: 'invalidParameter.authCode.notFound' },
    });
  });

  test('is valid for five minutes', async () => {
    const code = (await choose('Employee')).get('code');
    await app.control('POST', '/clock', { advanceSeconds: 301 });
    expect((await redeem(code)).status).toBe(400);
  });

  test('is worthless without the secret', async () => {
    const code = (await choose('Employee')).get('code');
    const body = { ...client, clientSecret: 'wrong', code, grantType: 'authorization_code' };
    expect((await app.post('/v1.0/oauth2/userAccessToken', body)).body.code).toBe('invalidClientIdOrSecret');
  });

  test('from inside the app has a route of its own', async () => {
    const { code } = await app.control('POST', '/codes', { unionId: 'simAdminUnionId' });
    expect((await redeem(String(code))).status).toBe(400);
    const response = await old('v2/user/getuserinfo', { code });
    expect(response.result).toMatchObject({
      userid: 'admin0002',
      unionid: 'simAdminUnionId',
      sys: true,
      associated_unionid: expect.any(String),
    });
    expect(await old('v2/user/getuserinfo', { code })).toMatchObject({ errcode: 40078 });
  });

  test('from inside the app is valid for five minutes too, and cannot be replaced by a browser’s code', async () => {
    const inApp = () => app.control('POST', '/codes', { unionId: 'simAdminUnionId' });
    const { code } = await inApp();
    await app.control('POST', '/clock', { advanceSeconds: 299 });
    expect((await old('v2/user/getuserinfo', { code })).result).toMatchObject({ userid: 'admin0002' });
    const { code: late } = await inApp();
    await app.control('POST', '/clock', { advanceSeconds: 301 });
    expect(await old('v2/user/getuserinfo', { code: late })).toMatchObject({ errcode: 40078 });
    const browser = (await choose('Employee')).get('code');
    expect(await old('v2/user/getuserinfo', { code: browser })).toMatchObject({ errcode: 40078 });
  });
});

test('a refresh token gives new tokens once', async () => {
  const { body } = await redeem((await choose('Employee')).get('code'));
  const again = { ...client, refreshToken: body.refreshToken, grantType: 'refresh_token' };
  const renewed = await app.post('/v1.0/oauth2/userAccessToken', again);
  expect(renewed.body).toMatchObject({ corpId: 'dingsimcorp', accessToken: expect.any(String) });
  expect((await app.post('/v1.0/oauth2/userAccessToken', again)).status).toBe(400);
});

describe('the address book', () => {
  test('contains members and external contacts, and nobody of another organization', async () => {
    const ask = (unionid: string) => old('user/getbyunionid', { unionid });
    expect((await ask('simViewerUnionId')).result).toEqual({ contact_type: 0, userid: 'staff0004' });
    expect((await ask('simExternalUnionId')).result).toMatchObject({ contact_type: 1 });
    expect(await ask('simStrangerUnionId')).toMatchObject({ errcode: 60121 });
  });

  test('does not contain people who left, until everything is reset', async () => {
    const ask = (unionid: string) => old('user/getbyunionid', { unionid });
    expect(await app.control('DELETE', '/people/simViewerUnionId')).toEqual({ left: 'simViewerUnionId' });
    expect(await ask('simViewerUnionId')).toMatchObject({ errcode: 60121 });
    expect(await old('v2/user/get', { userid: 'staff0004' })).toMatchObject({ errcode: 33012 });
    expect(await ask('simSupportUnionId')).toMatchObject({ errcode: 0 });
    for (const unionId of ['simViewerUnionId', 'simStrangerUnionId']) {
      expect(await app.control('DELETE', `/people/${unionId}`)).toHaveProperty('error');
    }
    await app.control('POST', '/reset');
    expect((await ask('simViewerUnionId')).result).toMatchObject({ contact_type: 0 });
  });

  test('returns a person’s roles', async () => {
    const admin = await old('v2/user/get', { userid: 'admin0002', language: 'zh_CN' });
    expect(admin.result).toMatchObject({ admin: true, role_list: [{ name: '主管理员' }] });
    expect(await old('v2/user/get', { userid: 'nobody' })).toMatchObject({ errcode: 33012 });
  });

  test('answers a bad token with 200 and a sub_code', async () => {
    const ask = (query: string) => app.post(`/topapi/user/getbyunionid${query}`, { unionid: 'x' });
    expect(await ask('?access_token=bad')).toMatchObject({
      status: 200,
      body: { errcode: 88, sub_code: '40014', sub_msg: '不合法的access_token' },
    });
    expect((await ask('')).body).toMatchObject({ errcode: 88, sub_code: '40000' });
  });
});
