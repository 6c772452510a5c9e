import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Tester } from './tester.ts';

let app: Tester;
beforeAll(async () => {
  app = await Tester.start();
});
beforeEach(() => app.control('POST', '/reset'));
afterAll(() => app.simulator.close());

const credentials = { appKey: 'dingsimulator', appSecret: 'simulator-secret' };
const client = {
  client_id: 'dingsimulator',
  client_secret: 'simulator-secret',
  grant_type: 'client_credentials',
};
const corpToken = (body: object, corpId = 'dingsimcorp') => app.post(`/v1.0/oauth2/${corpId}/token`, body);
const advance = (advanceSeconds: number) => app.control('POST', '/clock', { advanceSeconds });

describe('the app token', () => {
  test('is the same at all three routes within its life', async () => {
    const first = await app.post('/v1.0/oauth2/accessToken', credentials);
    expect(first.body).toEqual({ accessToken: expect.stringMatching(/^[0-9a-f]{32}$/), expireIn: 7200 });
    const second = await corpToken(client);
    expect(second.body).toEqual({ access_token: first.body.accessToken, expires_in: 7200 });
    const third = await app.call('GET', '/gettoken?appkey=dingsimulator&appsecret=simulator-secret');
    expect(third.body).toMatchObject({ errcode: 0, access_token: first.body.accessToken, expires_in: 7200 });
  });

  test('lives longer when it is asked for again', async () => {
    const token = await app.token();
    await advance(7_000);
    expect(await app.token()).toBe(token);
    await advance(7_000);
    expect((await app.device({ deviceId: '1234' }, token)).status).toBe(200);
  });

  test('is another one after its life has ended', async () => {
    const token = await app.token();
    await advance(7_201);
    const late = await app.device({ deviceId: '1234' }, token);
    expect(late).toMatchObject({ status: 400, body: { code: 'InvalidAuthentication' } });
    expect(await app.token()).not.toBe(token);
  });

  test('ends when it is revoked', async () => {
    const token = await app.token();
    expect(await app.control('POST', '/tokens/revoke')).toEqual({ revoked: 1 });
    expect((await app.device({ deviceId: '1234' }, token)).body.code).toBe('InvalidAuthentication');
    expect((await app.device({ deviceId: '1234' })).status).toBe(200);
  });

  test('is valid as long as the limits say', async () => {
    await app.control('PUT', '/limits', { tokenSeconds: 60 });
    expect((await app.post('/v1.0/oauth2/accessToken', credentials)).body.expireIn).toBe(60);
  });
});

describe('a token is refused', () => {
  test('for a wrong secret', async () => {
    const refused = await app.post('/v1.0/oauth2/accessToken', { ...credentials, appSecret: 'wrong' });
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual({
      code: 'invalidClientIdOrSecret',
      message: '无效的clientId或者clientSecret',
      requestid: expect.any(String),
    });
    expect(await corpToken({ ...client, client_secret: 'wrong' })).toMatchObject({
      status: 400,
      body: { code: 'invalid.client' },
    });
    const old = await app.call('GET', '/gettoken?appkey=dingsimulator&appsecret=wrong');
    expect(old).toMatchObject({ status: 200, body: { errcode: 40096 } });
  });

  test('for a wrong organization, as a server fault', async () => {
    expect(await corpToken(client, 'dingnobody')).toMatchObject({
      status: 500,
      body: { code: 'unknownError', message: '未知错误' },
    });
  });

  test('for a wrong grant type', async () => {
    expect(await corpToken({ ...client, grant_type: 'password' })).toMatchObject({
      status: 400,
      body: { code: 'unsupported.grant.type' },
    });
  });

  test('for a form and for an empty body', async () => {
    const form = await app.call('POST', '/v1.0/oauth2/accessToken', {
      body: new URLSearchParams(credentials),
    });
    const empty = await app.call('POST', '/v1.0/oauth2/dingsimcorp/token');
    for (const refused of [form, empty]) {
      expect(refused.status).toBe(400);
      expect(refused.body).toMatchObject({
        code: 'Missingbody',
        message: 'body is mandatory for this action.',
      });
    }
  });
});
