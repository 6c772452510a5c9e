import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { APIRequestContext } from '@playwright/test';
import { test as base, expect, signInAtDingTalk } from '../support/app.ts';
import { openStream } from '../support/event-stream.ts';
import { signInByRequest } from '../support/request-as.ts';
import { guardedRoutes } from '../support/routes.ts';

const BUILD = fileURLToPath(new URL('../../.next', import.meta.url));
const AUTH_SECRET = 'canary-auth-secret-5e1d9b7c3a2f4860';
const CLIENT_SECRET = 'simulator-secret';
const EVENT_TOKEN = 'CanaryEventToken5e1d9b7c3a';
const EVENT_AES_KEY = 'CanaryEventAesKey5e1d9b7c3a2f4860CanaryEven';
const OIDC_SECRET = 'canary-oidc-secret-5e1d9b7c3a2f4860';
const SMTP_PASSWORD = 'canary-smtp-password-5e1d9b7c3a';
const ROBOT_TOKEN = 'canaryRobotToken5e1d9b7c3a';
const ROBOT_SECRET = 'SECcanaryRobotSecret5e1d9b7c3a';
const HOOK_SECRET = `whsec_${'CanaryHookSecret5e1d9b7c3a2f4860'}`;
const HOOK_KEY = 'canaryHookKey5e1d9b7c3a';
const LIVE = '/api/v1/live';

/** A proxy between Rooms Desk and DingTalk that records the secrets that must not leak. */
type Listener = {
  origin: string;
  tokens: Set<string>;
  codes: Set<string>;
  forwardTo: (origin: string) => void;
};

const test = base.extend<object, { listener: Listener }>({
  listener: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
    async ({}, use) => {
      const { server, ...listener } = await listen();
      await use(listener);
      server.close();
    },
    { scope: 'worker' },
  ],
  appOptions: [
    async ({ listener }, use) => {
      const events = {
        DINGTALK_EVENTS: 'callback',
        DINGTALK_EVENT_TOKEN: EVENT_TOKEN,
        DINGTALK_EVENT_AES_KEY: EVENT_AES_KEY,
      };
      const oidc = {
        OIDC_ISSUER: 'http://127.0.0.1:1',
        OIDC_CLIENT_ID: 'desk',
        OIDC_CLIENT_SECRET: OIDC_SECRET,
        DINGTALK_IN_APP: 'on',
      };
      const env = {
        AUTH_SECRET,
        DINGTALK_API_ORIGIN: listener.origin,
        LOG_LEVEL: 'debug',
        SMTP_URL: `smtp://desk:${SMTP_PASSWORD}@127.0.0.1:1`,
        SMTP_FROM: 'desk@example.com',
        ...events,
        ...oidc,
      };
      await use({ env });
    },
    { scope: 'worker' },
  ],
});

async function listen(): Promise<Listener & { server: Server }> {
  const tokens = new Set<string>();
  const codes = new Set<string>();
  let target = '';
  const server = createServer(async (request, response) => {
    const sent: Buffer[] = [];
    for await (const chunk of request) sent.push(chunk as Buffer);
    const body = Buffer.concat(sent).toString();
    for (const [, code] of body.matchAll(/"code":"([^"]+)"/g)) if (code) codes.add(code);
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(body === '' ? {} : { body }),
    });
    const text = await answer.text();
    for (const [, token] of text.matchAll(/"(?:accessToken|access_token|refreshToken)":"([^"]+)"/g)) {
      if (token) tokens.add(token);
    }
    const type = answer.headers.get('content-type') ?? 'application/json';
    response.writeHead(answer.status, { 'content-type': type }).end(text);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const forwardTo = (origin: string) => {
    target = origin;
  };
  return { server, origin: `http://127.0.0.1:${port}`, tokens, codes, forwardTo };
}

/** Everything that Rooms Desk sends to a crawler: bodies, headers and cookies of pages, data and errors. */
async function crawl(request: APIRequestContext, url: string): Promise<string[]> {
  const { pages, apis } = guardedRoutes();
  const paths = [
    ...pages.map(({ path }) => path),
    ...apis
      .filter(({ method, path }) => method === 'GET' && path !== LIVE)
      .flatMap(({ path }) => [
        path,
        `${path}?deviceId=1234`,
        `${path}?deviceId=1234&fresh=true`,
        `${path}?q=1234`,
      ]),
    '/sign-in',
    '/sign-in?error=dingtalk-refused.credentials',
    '/no/such/page',
    '/api/auth/providers',
    '/api/auth/session',
    '/api/auth/csrf',
    '/api/auth/signin',
    '/api/auth/error?error=Configuration',
    '/sign-in?error=oidc-client',
    '/api/auth/callback/dingtalk?code=x&state=y',
    '/api/auth/callback/oidc?code=x&state=y',
    '/api/health/ready',
    '/devices/404404',
    '/api/v1/devices/query?deviceId=404404',
  ];
  const bodies: string[] = [];
  // An event stream does not end: it stays open meanwhile, and repeats everything from the beginning.
  const { cookies } = await request.storageState();
  const signedIn = cookies.some(({ name }) => name.endsWith('session'));
  const stream = signedIn ? await openStream(url, request, { since: 0 }) : null;
  for (const path of paths) {
    for (const headers of [{}, { RSC: '1' }] as Record<string, string>[]) {
      const response = await request.get(path, { headers });
      bodies.push(`${path} ${JSON.stringify(response.headersArray())}\n${await response.text()}`);
    }
  }
  if (stream === null) return bodies;
  stream.close();
  return [...bodies, JSON.stringify([stream.headers, stream.events])];
}

/** Creates a channel of each kind, and makes each fail. */
async function makeChannels(admin: APIRequestContext, origin: string): Promise<string[]> {
  const bodies: string[] = [];
  const robot = `${origin}/robot/send?access_token=${ROBOT_TOKEN}`;
  for (const given of [
    { kind: 'robot', url: robot, secret: ROBOT_SECRET },
    { kind: 'webhook', url: `http://127.0.0.1:1/?key=${HOOK_KEY}`, secret: HOOK_SECRET },
    { kind: 'mail', to: ['ops@example.com'] },
  ]) {
    const data = { name: given.kind, locale: 'en', zone: 'UTC', ...given };
    const made = await admin.post('/api/v1/alerts/channels', { data });
    expect(made.status(), given.kind).toBe(201);
    const { channelId } = await made.json();
    const tested = await admin.post(`/api/v1/alerts/channels/${channelId}/test`);
    const answer = await tested.text();
    expect(JSON.parse(answer), given.kind).toMatchObject({ ok: false });
    bodies.push(await made.text(), answer);
  }
  return bodies;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/cache/') && !path.includes('/dev/'));
}

const holders = (texts: string[], secret: string) =>
  texts.filter((text) => text.includes(secret)).map((text) => text.slice(0, 120));

test('no built file contains a secret', () => {
  const files = filesOf(BUILD);
  expect(files.length).toBeGreaterThan(50);
  for (const path of files) {
    const bytes = readFileSync(path);
    for (const secret of [CLIENT_SECRET, AUTH_SECRET]) expect(bytes.includes(secret), path).toBe(false);
  }
});

test('no response, page or log contains a secret', async ({ app, listener, playwright }) => {
  listener.forwardTo(app.simulator.origin);
  const bodies: string[] = [];
  const extraHTTPHeaders = { origin: app.url };
  const maker = await playwright.request.newContext({ baseURL: app.url, extraHTTPHeaders });
  await signInByRequest(maker, 'admin');
  bodies.push(...(await makeChannels(maker, app.simulator.origin)));
  await maker.dispose();
  const ways: ((request: APIRequestContext) => Promise<void>)[] = [
    async () => undefined,
    (request) => signInByRequest(request, 'viewer'),
    (request) => signInByRequest(request, 'admin'),
    (request) => signInAtDingTalk(request, 'simSupportUnionId'),
  ];
  for (const signIn of ways) {
    const request = await playwright.request.newContext({ baseURL: app.url });
    await signIn(request);
    bodies.push(...(await crawl(request, app.url)));
    await request.dispose();
  }
  // Errors often leak secrets: each of these quotes the failed call.
  for (const fault of ['token-expired', 'http-500', 'scope', 'html-200', 'errcode-200', 'wrong-types']) {
    await app.simulator.control('PUT', '/faults', { path: '*', fault });
    const request = await playwright.request.newContext({ baseURL: app.url });
    await signInByRequest(request, 'admin');
    const response = await request.get(`/api/v1/devices/query?deviceId=${await app.unseenDevice()}`);
    bodies.push(`${JSON.stringify(response.headersArray())}\n${await response.text()}`);
    await request.dispose();
    await app.simulator.control('DELETE', '/faults');
  }

  const configured = [CLIENT_SECRET, AUTH_SECRET, EVENT_TOKEN, EVENT_AES_KEY, OIDC_SECRET];
  const channels = [SMTP_PASSWORD, ROBOT_TOKEN, ROBOT_SECRET, HOOK_SECRET, HOOK_KEY];
  const secrets = [...configured, ...channels, ...listener.tokens, ...listener.codes];
  expect(listener.tokens.size, 'the proxy saw tokens').toBeGreaterThan(1);
  expect(listener.codes.size, 'the proxy saw sign-in codes').toBeGreaterThan(0);
  expect(bodies.join('\n'), 'the crawl came through').toContain('DingTalk Meeting Device_xxxx');
  const written = app
    .logs()
    .split('\n')
    .filter((line) => line.startsWith('server:'));
  expect(written.join('\n')).toContain('dingtalk called');
  for (const secret of secrets) {
    expect(holders(bodies, secret), 'said').toEqual([]);
    expect(holders(written, secret), 'written down').toEqual([]);
  }
});
