import { type IncomingMessage, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Tester } from '../tester.ts';
import { SAMPLE_DEVICE } from '../world/documented-sample.ts';
import { FAULT_KINDS } from './fault-kinds.ts';

const DEVICES = '/v1.0/rooms/devices';
const QUERY = `${DEVICES}?deviceId=1234&operatorUnionId=simOperatorUnionId`;

let app: Tester;
let token: string;
beforeAll(async () => {
  app = await Tester.start({ controlPort: 0, qps: 0 });
});
beforeEach(async () => {
  await app.control('POST', '/reset');
  token = await app.token();
});
afterAll(() => app.simulator.close());

const order = (fault: string, args: object = {}) =>
  app.control('PUT', '/faults', { path: DEVICES, fault, ...args });

const ask = () => app.device({ deviceId: '1234' }, token);

const counted = async () => (await app.control('GET', '/calls')).counted;

type Raw = { status: number; headers: IncomingMessage['headers']; body: Buffer; broken: string };

/** A strict client that reports what arrived and how the connection ended. */
function askRaw({ signal, leaveAfter }: { signal?: AbortSignal; leaveAfter?: number } = {}): Promise<Raw> {
  return new Promise((resolve) => {
    const raw: Raw = { status: 0, headers: {}, body: Buffer.alloc(0), broken: '' };
    const chunks: Buffer[] = [];
    const end = (error?: NodeJS.ErrnoException) =>
      resolve({ ...raw, body: Buffer.concat(chunks), broken: error?.code ?? '' });
    const call = request(`${app.simulator.origin}${QUERY}`, { signal, agent: false }, (response) => {
      Object.assign(raw, { status: response.statusCode, headers: response.headers });
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (leaveAfter && chunks.length >= leaveAfter) call.destroy();
      });
      response.on('end', () => end()).on('error', end);
    });
    call.setHeader('x-acs-dingtalk-access-token', token);
    call.on('error', end).end();
  });
}

describe('a refusal', () => {
  test.each([
    ['http-500', {}, 500, 'system.error', 1],
    ['qps', {}, 403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 0],
    ['qpm', {}, 403, 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi', 0],
    ['qps-api', {}, 403, 'Forbidden.AccessDenied.QpsLimitForApi', 0],
    ['quota', {}, 403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', 0],
    ['scope', {}, 403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied', 1],
    ['ip-list', {}, 403, 'Forbidden.AccessDenied.IpNotInWhiteList', 1],
    ['operator', {}, 403, 'no.permission', 1],
    ['busy', {}, 429, 'system.busy', 1],
    ['operation-timeout', {}, 503, 'operationTimeout', 1],
    ['gateway-timeout', {}, 504, 'Gateway Timeout', 1],
    ['token-expired', {}, 400, 'InvalidAuthentication', 0],
    ['token-revoked', {}, 400, 'InvalidAuthentication', 0],
    ['error', { status: 418, code: 'tea.pot' }, 418, 'tea.pot', 1],
  ])(
    '%s has its status and code, and is counted as DingTalk would',
    async (fault, args, status, code, counts) => {
      await order(fault, args);
      expect(await ask()).toMatchObject({ status, body: { code, requestid: expect.any(String) } });
      expect(await counted()).toBe(counts);
    },
  );

  test('scope says which permission is missing', async () => {
    await order('scope');
    expect((await ask()).body.accessdenieddetail).toEqual({
      requiredScopes: ['VideoConference.Conference.Read'],
    });
  });

  test('of the old API answers 200 with an errcode', async () => {
    const put = (fault: string) => app.control('PUT', '/faults', { path: '*', fault });
    const response = async () =>
      (await app.post(`/topapi/user/getbyunionid?access_token=${token}`, { unionid: 'simViewerUnionId' }))
        .body;
    await put('qps');
    expect(await response()).toMatchObject({ errcode: 90018 });
    await put('scope');
    expect(await response()).toMatchObject({ errcode: 88, sub_code: '60011' });
    await put('quota');
    expect(await response()).toMatchObject({ errcode: 90020 });
  });

  test('token-expired stays until cleared, token-revoked accepts the next token', async () => {
    await order('token-expired');
    await ask();
    token = await app.token();
    expect((await ask()).body.code).toBe('InvalidAuthentication');
    await order('token-revoked');
    token = await app.token();
    expect((await ask()).body.code).toBe('InvalidAuthentication');
    const renewed = await app.token();
    expect(renewed).not.toBe(token);
    token = renewed;
    expect((await ask()).status).toBe(200);
  });
});

describe('an answer from an intermediary', () => {
  test('html-502 and html-200 are pages', async () => {
    for (const [fault, status] of [
      ['html-502', 502],
      ['html-200', 200],
    ] as const) {
      await order(fault);
      const response = await ask();
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toContain('text/html');
      expect(response.body.text).toContain('<html>');
    }
  });

  test('ip-ban is JSON without an error code', async () => {
    await order('ip-ban');
    expect(await ask()).toMatchObject({
      status: 200,
      body: { status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: 'xxx' },
    });
  });

  test('errcode-200 returns the requested code', async () => {
    await order('errcode-200', { errcode: -1, errmsg: '系统繁忙' });
    expect(await ask()).toMatchObject({ status: 200, body: { errcode: -1, errmsg: '系统繁忙' } });
    await order('errcode-200');
    expect((await ask()).body).toMatchObject({ errcode: 88, sub_code: '60011' });
  });

  test('redirect leads elsewhere', async () => {
    await order('redirect', { location: 'http://127.0.0.1:9/trap' });
    const response = await ask();
    expect([response.status, response.headers.get('location')]).toEqual([302, 'http://127.0.0.1:9/trap']);
  });
});

describe('a spoiled answer', () => {
  test('truncated is half of the JSON in a complete HTTP response', async () => {
    await order('truncated');
    const { status, body, broken } = await askRaw();
    expect([status, broken]).toEqual([200, '']);
    const whole = JSON.stringify({ result: SAMPLE_DEVICE });
    expect(whole.startsWith(body.toString())).toBe(true);
    expect(body.length).toBeLessThan(whole.length);
  });

  test('wrong-types has the right fields', async () => {
    await order('wrong-types');
    expect((await ask()).body.result).toMatchObject({
      deviceId: '1234',
      activeTime: 'yesterday',
      controllers: {},
      deviceStatus: 3,
    });
    await order('wrong-types', { fields: { deviceId: 1234 } });
    expect((await ask()).body.result).toMatchObject({ deviceId: 1234, deviceStatus: 'offline' });
  });

  test('huge is ten megabytes', async () => {
    await order('huge');
    expect((await askRaw()).body.length).toBeGreaterThan(10_000_000);
  });

  test('gzip-bomb is small on the wire and huge behind it', async () => {
    await order('gzip-bomb', { megabytes: 20 });
    const { headers, body } = await askRaw();
    expect(headers['content-encoding']).toBe('gzip');
    expect(body.length).toBeLessThan(100_000);
    expect(gunzipSync(body).length).toBeGreaterThan(20_000_000);
  });

  test('invalid-utf8 is not valid UTF-8', async () => {
    await order('invalid-utf8');
    const { body } = await askRaw();
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(body)).toThrow();
  });

  test('clock-skew has a Date an hour ahead', async () => {
    await order('clock-skew');
    const { headers } = await ask();
    const ahead = Date.parse(headers.get('date') ?? '') - Date.now();
    expect(ahead).toBeGreaterThan(3_500_000);
  });

  test('without removes outermost fields, json-200 returns any JSON', async () => {
    await order('without');
    expect((await ask()).body).toEqual({});
    for (const body of [{ hasMore: false }, { code: 'some.error', message: 'some error' }]) {
      await order('json-200', { body });
      expect(await ask()).toMatchObject({ status: 200, body });
    }
  });

  test('empty has no body, null-result has an empty result', async () => {
    await order('empty');
    const { status, body } = await askRaw();
    expect([status, body.length]).toEqual([200, 0]);
    await order('null-result');
    expect((await ask()).body).toEqual({ result: null });
  });
});

describe('a connection fault', () => {
  test('reset breaks off in the middle', async () => {
    await order('reset');
    const { status, body, broken } = await askRaw();
    expect([status, broken]).toEqual([200, 'ECONNRESET']);
    expect(body.length).toBeGreaterThan(0);
    expect(await counted()).toBe(0);
  });

  test('hang never answers, and ends when the client disconnects', async () => {
    await order('hang', { seconds: 300 });
    expect(await askRaw({ signal: AbortSignal.timeout(100) })).toMatchObject({
      status: 0,
      body: Buffer.alloc(0),
    });
  });

  test('hang and slow answer correctly in the end', async () => {
    for (const [fault, args] of [
      ['hang', { seconds: 0.1 }],
      ['slow', { ms: 100 }],
    ] as const) {
      await order(fault, args);
      const started = performance.now();
      expect((await ask()).body).toEqual({ result: SAMPLE_DEVICE });
      expect(performance.now() - started).toBeGreaterThan(90);
    }
  });

  test('drip arrives byte by byte and is complete in the end', async () => {
    await order('drip', { ms: 40 });
    const { status, headers, body } = await askRaw({ leaveAfter: 3 });
    expect(status).toBe(200);
    expect(body.length).toBeLessThan(Number(headers['content-length']) / 2);
    await order('drip', { ms: 0 });
    expect((await ask()).body).toEqual({ result: SAMPLE_DEVICE });
  });

  test('refuse closes the port for every client and opens it again', async () => {
    await ask();
    await order('refuse', { seconds: 60 });
    expect((await askRaw()).broken).toBe('ECONNREFUSED');
    expect(await app.control('GET', '/faults')).toMatchObject({ refusing: true });
    await app.control('DELETE', '/faults');
    expect((await ask()).status).toBe(200);
    await order('refuse', { seconds: 0.05 });
    await expect.poll(async () => (await askRaw()).status).toBe(200);
  });
});

describe('a fault', () => {
  const other = () => app.rooms('groupLists', {}, token);

  test('applies to its path only, as many times as requested', async () => {
    await order('http-500', { times: 2 });
    expect((await other()).status).toBe(200);
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([500, 500, 200]);
  });

  test('for one path precedes the one for all, token paths included', async () => {
    await order('busy');
    await app.control('PUT', '/faults', { path: '*', fault: 'http-500' });
    expect([(await ask()).status, (await other()).status]).toEqual([429, 500]);
    expect((await app.post('/v1.0/oauth2/accessToken', {})).status).toBe(500);
  });

  test('may name a pattern, a method and a text in the address', async () => {
    const path = '/v1.0/rooms/meetingRooms/{roomId}';
    await app.control('PUT', '/faults', { path, fault: 'http-500', match: '7263xxxxx', method: 'GET' });
    const { roomId } = await app.scenario('idle');
    expect((await app.rooms('meetingRooms/7263xxxxx', {}, token)).status).toBe(500);
    expect((await app.rooms(`meetingRooms/${roomId}`, {}, token)).status).toBe(200);
  });

  test('may override what the quota counts', async () => {
    await order('hang', { seconds: 0.01, counted: true });
    await ask();
    await order('http-500', { counted: false });
    await ask();
    expect(await counted()).toBe(1);
  });

  test('is replaced, listed and cleared', async () => {
    await order('busy');
    await order('http-500', { times: 5 });
    await ask();
    const { faults, kinds } = await app.control('GET', '/faults');
    expect(faults).toEqual([{ fault: 'http-500', path: DEVICES, times: 4, hits: 1, args: {} }]);
    expect(Object.keys(kinds as object)).toEqual(Object.keys(FAULT_KINDS));
    await app.control('DELETE', '/faults');
    expect((await ask()).status).toBe(200);
  });

  test('of any kind on any path never stops the simulator', async () => {
    const paths = ['/v1.0/oauth2/accessToken', '/gettoken', '/oauth2/auth', '/nowhere', QUERY];
    for (const fault of Object.keys(FAULT_KINDS).filter((name) => name !== 'refuse')) {
      await app.control('PUT', '/faults', { path: '*', fault, megabytes: 1 });
      const signal = AbortSignal.timeout(300);
      const calls = paths.map((path) =>
        fetch(`${app.simulator.origin}${path}`, { signal, redirect: 'manual' }),
      );
      await Promise.allSettled(calls.map(async (call) => (await call).arrayBuffer()));
    }
    await app.control('DELETE', '/faults');
    token = await app.token();
    expect((await ask()).status).toBe(200);
  });
});

test('closing ends calls that hang, and leaves nothing behind', async () => {
  const other = await Tester.start();
  await other.control('PUT', '/faults', { path: '*', fault: 'hang', seconds: 300 });
  const hanging = fetch(`${other.simulator.origin}/gettoken`).catch(() => 'gone');
  await expect.poll(async () => (await other.control('GET', '/calls')).total).toBe(1);
  await other.simulator.close();
  expect(await hanging).toBe('gone');
});
