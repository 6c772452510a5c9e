import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { trustsOf } from '#lib/config/trusted-proxies.ts';
import { createFrontServer } from './front-server.ts';
import { readWhole } from './read-whole.ts';
import { whyRefused } from './why-refused.ts';

const APP_URL = 'http://desk.test';

/** What came through to the pages and routes. */
let passed: { url: string | undefined; body: string; headers: NodeJS.Dict<string | string[]> }[] = [];
let port = 0;
const front = createFrontServer({
  appUrl: APP_URL,
  trusts: trustsOf([]),
  signInOrigins: [],
  frameOrigins: [],
});
const server = createServer((asked, answer) =>
  front(asked, answer, async (asked, answer) => {
    passed.push({ url: asked.url, body: await text(asked), headers: asked.headers });
    answer.end('passed');
  }),
);

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  passed = [];
});
afterAll(() => void server.close());

type Asked = { method?: string; headers?: Record<string, string>; body?: string[] };

/** Requests exactly this target, which fetch would normalize. */
function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  return new Promise<{ status: number; said: string }>((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port, path, method, headers: { host: 'desk.test', ...headers } },
      async (answer) => resolve({ status: answer.statusCode ?? 0, said: await text(answer) }),
    );
    asking.on('error', reject);
    for (const piece of body ?? []) asking.write(piece);
    asking.end();
  });
}

const piece = 'x'.repeat(64 * 1024);

test('passes on exactly the target that was checked', async () => {
  expect((await ask('/api/v1/devices?q=%2e%2e/../x')).said).toBe('passed');
  expect(passed.map(({ url }) => url)).toEqual(['/api/v1/devices?q=%2e%2e/../x']);
});

test.each([
  '/api/health/../v1/devices',
  '/api/%2e%2e/sign-in',
  'http://desk.test/sign-in',
  '/_next/data/x/index.json',
])('does not pass on %s', async (target) => {
  expect((await ask(target)).status).toBe(400);
  expect(passed).toEqual([]);
});

test('answers another host with its own address, and health probes with any host', async () => {
  const headers = { host: 'evil.test' };
  for (const target of ['/', '/api/v1/devices', '/api/health', '/api/health/live/']) {
    expect((await ask(target, { headers })).status, target).toBe(400);
  }
  expect(passed).toEqual([]);
  for (const target of ['/api/health/live', '/api/health/ready']) {
    expect((await ask(target, { headers })).status, target).toBe(200);
  }
});

test('passes a body on with the received length, however it was framed', async () => {
  const framings: Record<string, string>[] = [{ 'content-length': '4' }, { 'transfer-encoding': 'chunked' }];
  for (const headers of framings) {
    expect((await ask('/api/v1/search', { method: 'POST', headers, body: ['12', '34'] })).status).toBe(200);
  }
  expect(passed.map(({ body }) => body)).toEqual(['1234', '1234']);
  for (const { headers } of passed) {
    expect(headers['content-length']).toBe('4');
    expect(headers['transfer-encoding']).toBeUndefined();
  }
});

test.each([
  ['chunks that go on', { 'transfer-encoding': 'chunked' }, [piece, piece, piece, piece, 'x']],
  [
    'a length beyond the limit',
    { 'content-length': String(4 * piece.length + 1) },
    [piece, piece, piece, piece, 'x'],
  ],
])('refuses %s and passes nothing on', async (_, headers, body) => {
  const { status, said } = await ask('/api/auth/callback/demo', { method: 'POST', headers, body });
  expect(status).toBe(400);
  expect(JSON.parse(said)).toMatchObject({ reason: 'invalid-question.body' });
  expect(passed).toEqual([]);
});

test('assembles a body from chunks of any size', async () => {
  const bytes = Buffer.from(Array.from({ length: 20_000 }, (_, at) => at % 256));
  const body = new PassThrough();
  const reading = readWhole(Object.assign(body, { headers: {} }) as unknown as IncomingMessage);
  for (let at = 0, step = 1; at < bytes.byteLength; at += step, step = (step % 700) + 1) {
    body.write(bytes.subarray(at, at + step));
  }
  body.end();
  expect(await reading).toEqual(bytes);
});

test('accepts no more concurrent bodies than there is memory for', async () => {
  const unfinished = Array.from({ length: 300 }, () => {
    const body = new PassThrough();
    return { body, reading: readWhole(Object.assign(body, { headers: {} }) as unknown as IncomingMessage) };
  });
  for (const { body } of unfinished) body.write(Buffer.alloc(256 * 1024));
  const { status, said } = await ask('/api/v1/search', { method: 'POST', body: ['12'] });
  expect(status).toBe(429);
  expect(JSON.parse(said)).toMatchObject({ reason: 'too-many-questions.bodies' });
  for (const { body } of unfinished) body.destroy();
  const ends = await Promise.all(unfinished.map(({ reading }) => reading));
  expect(ends.filter((end) => end === 'gone')).toHaveLength(256);
  expect(ends.filter((end) => end === 'busy')).toHaveLength(44);
  expect((await ask('/api/v1/search', { method: 'POST', body: ['12'] })).status).toBe(200);
});

test('answers HEAD also when it refuses the body that comes with it', async () => {
  const headers = { 'content-length': '100' };
  const answer = await new Promise<number>((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path: '/api/v1/devices', method: 'HEAD', headers });
    asking.on('response', ({ statusCode }) => resolve(statusCode ?? 0));
    asking.on('error', reject);
    asking.write('x');
  });
  expect(answer).toBe(400);
});

test('admits demo accounts from this machine only, and never through a proxy', async () => {
  const path = '/api/auth/callback/demo';
  const post = (headers = {}, at = path) => ask(at, { method: 'POST', headers, body: ['account=admin'] });
  expect((await post()).status).toBe(200);
  for (const name of ['X-Forwarded-For', 'X-Forwarded-Host', 'X-Real-IP', 'Forwarded', 'Via']) {
    const { status, said } = await post({ [name]: 'for=127.0.0.1' });
    expect(status, name).toBe(403);
    expect(JSON.parse(said)).toMatchObject({ reason: 'not-permitted.demo-account' });
  }
  expect((await post({ via: '1.1 proxy' }, `${path}/more`)).status).toBe(403);
  expect((await ask(path, { headers: { via: '1.1 proxy' } })).status).toBe(403);
  expect(passed).toHaveLength(1);
  const asked = { method: 'POST', url: path, headers: {} };
  for (const peer of ['192.168.1.7', 'fd00::1', '', '127.0.0.1.example.com']) {
    expect(whyRefused(asked, peer, 'desk.test', 'desk.test'), peer).toBe('not-permitted.demo-account');
  }
  expect(whyRefused(asked, '::1', 'desk.test', 'desk.test')).toBeNull();
});

test('refuses a body with a GET request, and any body sent to a page', async () => {
  expect((await ask('/api/v1/devices', { headers: { 'content-length': '1' }, body: ['x'] })).status).toBe(
    400,
  );
  expect((await ask('/sign-in', { method: 'POST', body: ['x'] })).status).toBe(400);
  expect(passed).toEqual([]);
});
