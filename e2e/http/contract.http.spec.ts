import type { APIRequestContext } from '@playwright/test';
import { openRoutes } from '../../lib/api/open-routes.ts';
import { type ApiRouteName, contractOf, problemsOf, ROUTES, whoMay } from '../../lib/api/routes.ts';
import { ERROR_STATUS } from '../../lib/domain/errors.ts';
import { expect, test } from '../support/app.ts';
import { FAST_CLOCK } from '../support/app-process.ts';
import { faultOf, routeOf } from '../support/described-answers.ts';
import { cookieOf } from '../support/event-stream.ts';
import { KNOWING, untilFound } from '../support/inventory.ts';
import { guardedRoutes } from '../support/routes.ts';

// Notifications wait 20 seconds of the server's clock.
const env = { ...KNOWING.env, ...FAST_CLOCK };
test.use({ appOptions: { ...KNOWING, env, own: 'contract' } });

// Each test depends on data of the previous one.
test.describe.configure({ mode: 'serial' });

const seen = new Set<string>();
const keyOf = (name: ApiRouteName, status: number) => `${name} ${status}`;
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
const UNKNOWN_DEVICE = '999999999';

type Asked = { cookie?: string; token?: string; origin?: string; data?: object };
type Ask = (request: string, asked?: Asked) => Promise<{ status: number; body: string }>;

/** Sends requests such as `GET /api/v1/rooms?q=x`; every answer must be described by the route table, and is remembered. */
const asker =
  (url: string): Ask =>
  async (request, { cookie, token, origin = url, data } = {}) => {
    const [method = '', address = ''] = request.split(' ');
    const headers = {
      ...(cookie && { cookie }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(data && { 'content-type': 'application/json' }),
      origin,
    };
    const body = data && JSON.stringify(data);
    const response = await fetch(url + address, { method, headers, ...(body && { body }) });
    const type = response.headers.get('content-type') ?? '';
    const isStream = type.startsWith('text/event-stream');
    if (isStream) await response.body?.cancel();
    const answer = { status: response.status, type, body: isStream ? '' : await response.text() };
    const { pathname } = new URL(response.url);
    expect(faultOf(method, pathname, answer), `${request}: ${answer.status} ${answer.body}`).toBeNull();
    const name = routeOf(method, pathname);
    if (name !== null) seen.add(keyOf(name, answer.status));
    return answer;
  };

/** Sends a request as a signed-in person and expects a successful response of the contract. Resolves to its JSON. */
async function good(ask: Ask, person: APIRequestContext, request: string, data?: object) {
  const { status, body } = await ask(request, { cookie: await cookieOf(person), ...(data && { data }) });
  expect(status, `${request}: ${body}`).toBeLessThan(300);
  return body.startsWith('{') && !body.includes('\n') ? JSON.parse(body) : null;
}

test.beforeAll(async ({ api }) => void (await untilFound(await api('admin'))));

test('refuses a request without a session, from another page, of a lower role or with a bad parameter', async ({
  app,
  api,
}) => {
  const ask = asker(app.url);
  const [viewer, admin] = [await cookieOf(await api('viewer')), await cookieOf(await api('admin'))];
  const data = { name: 'contract', role: 'admin', days: 1 };
  const { value: token } = await good(ask, await api('admin'), 'POST /api/v1/tokens', data);
  for (const { method, pattern, path, writes } of guardedRoutes().apis) {
    const name = `${method} ${pattern}` as ApiRouteName;
    const request = `${method} ${path.split('?')[0]}?nothing=known&deviceId=&at=never`;
    expect((await ask(request)).status, request).toBe(401);
    expect((await ask(request, { cookie: admin })).status, request).toBe(400);
    const { role, sessionOnly } = whoMay(name) ?? {};
    if (role !== 'viewer') expect((await ask(request, { cookie: viewer })).status, request).toBe(403);
    if (sessionOnly) expect((await ask(request, { token })).status, request).toBe(403);
    const origin = 'https://rooms.example.com';
    if (writes) expect((await ask(request, { cookie: admin, origin })).status, request).toBe(403);
  }
});

test('devices, rooms and search answer as described', async ({ app, api }) => {
  const ask = asker(app.url);
  const [admin, viewer] = [await api('admin'), await api('viewer')];
  const { deviceId, roomId } = await app.scenario('casting');
  const { deviceId: other } = await app.scenario('wrongRoomController');
  const device = `/api/v1/devices/${deviceId}`;
  // The server's clock is faster than the test's.
  const { observedAt: at } = await good(ask, admin, `GET ${device}`);
  for (const person of [viewer, await api('support'), admin]) {
    for (const path of [
      '/api/v1/overview',
      '/api/v1/devices',
      '/api/v1/devices?issue=offline&sort=-seen&limit=3',
      `/api/v1/devices?at=${at}`,
      `/api/v1/devices/query?deviceId=${deviceId}`,
      device,
      `${device}?at=${at}`,
      `/api/v1/devices/${other}`,
      `${device}/history`,
      `${device}/preceding-changes`,
      `/api/v1/devices/${other}/preceding-changes`,
      `${device}/comparable`,
      `/api/v1/devices/compare?left=${deviceId}&right=${other}`,
      '/api/v1/devices/common?issue=offline',
      '/api/v1/rooms',
      `/api/v1/rooms?at=${at}`,
      `/api/v1/rooms/${roomId}`,
      `/api/v1/rooms/${roomId}?at=${at}`,
      '/api/v1/room-groups',
      `/api/v1/search?q=${deviceId}`,
    ]) {
      await good(ask, person, `GET ${path}`);
    }
  }
  await good(ask, admin, `GET /api/v1/devices/raw?deviceId=${deviceId}`);
  await good(ask, admin, 'GET /api/v1/devices.csv');
  await good(ask, admin, `GET /api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
  await good(ask, admin, `POST ${device}/checklist`, { step: 'restarted', answer: 'yes' });
  await good(ask, admin, `GET ${device}`);
  await good(ask, admin, `DELETE ${device}/checklist?step=restarted`);
  const secret = { deviceId, field: 'castCode', reason: 'contract' };
  await good(ask, admin, 'POST /api/v1/devices/reveal', secret);
  await good(ask, admin, 'POST /api/v1/search', { q: `about ${deviceId} and ${UNKNOWN_DEVICE}` });
  await good(ask, admin, 'POST /api/v1/search', { q: '123456', bySecret: true });
});

test('pins, views, notes and events answer as described', async ({ app, api }) => {
  const ask = asker(app.url);
  const admin = await api('admin');
  const { deviceId, roomId } = await app.scenario('casting');
  await good(ask, admin, 'PUT /api/v1/pins', { kind: 'device', key: deviceId });
  await good(ask, admin, 'PUT /api/v1/pins', { kind: 'room', key: roomId });
  const view = { name: 'contract', path: '/devices?status=offline' };
  const { id } = await good(ask, admin, 'POST /api/v1/views', view);
  await good(ask, admin, 'GET /api/v1/at-hand');
  await good(ask, admin, `DELETE /api/v1/views/${id}`);
  await good(ask, admin, `DELETE /api/v1/pins?kind=room&key=${roomId}`);
  const about = { kind: 'device', key: deviceId };
  const { noteId } = await good(ask, admin, 'POST /api/v1/notes', { ...about, text: 'contract' });
  await good(ask, admin, `PUT /api/v1/notes/${noteId}`, { text: 'changed' });
  await good(ask, admin, `GET /api/v1/notes?kind=device&key=${deviceId}`);
  await good(ask, admin, `DELETE /api/v1/notes/${noteId}`);
  await good(ask, admin, `PUT /api/v1/notes/${noteId}`, { removed: false });
  await good(ask, admin, 'GET /api/v1/events');
  await good(ask, admin, 'GET /api/v1/live');
});

test('alerts answer as described', async ({ app, api }) => {
  const ask = asker(app.url);
  const admin = await api('admin');
  const url = `${app.simulator.origin}/robot/send?access_token=simulatedrobot`;
  const channel = { kind: 'robot', name: 'contract', locale: 'en', zone: 'UTC', url };
  const { channelId } = await good(ask, admin, 'POST /api/v1/alerts/channels', channel);
  await good(ask, admin, `PUT /api/v1/alerts/channels/${channelId}`, channel);
  await good(ask, admin, `POST /api/v1/alerts/channels/${channelId}/test`, {});
  const rule = {
    name: 'contract',
    on: true,
    which: { least: 'info' },
    scope: { everything: true },
    raiseAfterSeconds: 0,
    resolveAfterSeconds: 0,
    channelIds: [channelId],
  };
  const { ruleId } = await good(ask, admin, 'POST /api/v1/alerts/rules', rule);
  const { deviceId } = await app.scenario('casting');
  const silence = {
    scope: { everything: false, devices: [deviceId] },
    codes: ['offline'],
    reason: 'contract',
    when: { kind: 'weekly', days: [6, 7], from: '22:00', to: '06:00', zone: 'Asia/Shanghai' },
  };
  const { silenceId } = await good(ask, admin, 'POST /api/v1/alerts/silences', silence);
  const sent = async () => {
    const { items } = await good(ask, admin, 'GET /api/v1/alerts/notifications');
    return items.find(({ kind }: { kind: string }) => kind !== 'test')?.deliveryId ?? null;
  };
  await expect.poll(sent, { timeout: 60_000 }).not.toBeNull();
  await good(ask, admin, 'GET /api/v1/alerts');
  await good(ask, admin, `POST /api/v1/alerts/notifications/${await sent()}/again`);
  await good(ask, admin, `DELETE /api/v1/alerts/silences/${silenceId}`);
  await good(ask, admin, `PUT /api/v1/alerts/rules/${ruleId}`, { ...rule, on: false });
  await good(ask, admin, `DELETE /api/v1/alerts/rules/${ruleId}`);
  await good(ask, admin, `DELETE /api/v1/alerts/channels/${channelId}`);
});

test('the system, its accounts and its audit log answer as described', async ({ app, api }) => {
  const ask = asker(app.url);
  const admin = await api('admin');
  await good(ask, admin, 'GET /api/v1/system');
  await good(ask, admin, 'POST /api/v1/system/health-check', {});
  await good(ask, admin, 'POST /api/v1/system/discovery');
  await good(ask, admin, 'GET /api/v1/openapi.json');
  await good(ask, admin, 'GET /api/v1/audit');
  await good(ask, admin, 'GET /api/v1/audit.csv');
  await good(ask, admin, 'DELETE /api/v1/audit/gap');
  await good(ask, admin, 'GET /api/v1/sessions');
  await good(ask, admin, `DELETE /api/v1/sessions/${UNKNOWN_ID}`);
  await good(ask, admin, 'DELETE /api/v1/sessions');
  await good(ask, admin, 'GET /api/v1/people');
  await good(ask, admin, 'DELETE /api/v1/people/sessions?subject=nobody');
  const { items } = await good(ask, admin, 'GET /api/v1/tokens');
  await good(ask, admin, `DELETE /api/v1/tokens/${items[0].tokenId}`);
  for (const path of ['/api/health/live', '/api/health/ready']) await good(ask, admin, `GET ${path}`);
});

test('refuses unknown and forbidden resources as described', async ({ app, api }) => {
  const ask = asker(app.url);
  const cookie = await cookieOf(await api('admin'));
  const unknown = `/api/v1/devices/${UNKNOWN_DEVICE}`;
  const { deviceId } = await app.scenario('casting');
  const [device, room] = [
    { kind: 'device', key: UNKNOWN_DEVICE, text: 'x' },
    { kind: 'room', key: UNKNOWN_DEVICE, text: 'x' },
  ];
  const requests: [request: string, data?: object][] = [
    [`GET /api/v1/devices/query?deviceId=${UNKNOWN_DEVICE}`],
    [`GET ${unknown}`],
    [`GET ${unknown}/history`],
    [`GET ${unknown}/preceding-changes`],
    [`POST ${unknown}/checklist`, { step: 'restarted', answer: 'yes' }],
    [`DELETE ${unknown}/checklist`, { step: 'restarted' }],
    [`GET /api/v1/devices/raw?deviceId=${UNKNOWN_DEVICE}`],
    [`GET /api/v1/devices/compare?left=${UNKNOWN_DEVICE}&right=${deviceId}`],
    ['POST /api/v1/devices/reveal', { deviceId: UNKNOWN_DEVICE, field: 'castCode', reason: 'contract' }],
    [`GET /api/v1/rooms/${UNKNOWN_DEVICE}`],
    ['POST /api/v1/notes', device],
    ['POST /api/v1/notes', room],
    [`PUT /api/v1/notes/${UNKNOWN_ID}`, { text: 'x' }],
    [`DELETE /api/v1/notes/${UNKNOWN_ID}`],
  ];
  for (const [request, data] of requests) {
    expect((await ask(request, { cookie, ...(data && { data }) })).status, request).toBe(404);
  }
  const viewer = await cookieOf(await api('viewer'));
  const insisting = await ask(`GET /api/v1/devices/query?deviceId=${deviceId}&fresh=true`, {
    cookie: viewer,
  });
  expect(insisting.status).toBe(403);
  const callback = 'POST /api/dingtalk/events?signature=x&timestamp=1&nonce=n';
  expect((await ask(callback, { data: { encrypt: 'x' } })).status).toBe(403);
});

test('answers failures of DingTalk as described', async ({ app, api }) => {
  const ask = asker(app.url);
  const cookie = await cookieOf(await api('admin'));
  for (const [fault, status] of [
    ['html-200', 502],
    ['reset', 504],
    ['qps', 503],
  ] as const) {
    await app.simulator.control('PUT', '/faults', { path: '/v1.0/rooms/devices', fault });
    const request = `GET /api/v1/devices/query?deviceId=${UNKNOWN_DEVICE}&fresh=true`;
    expect((await ask(request, { cookie })).status, fault).toBe(status);
    await app.simulator.control('DELETE', '/faults');
  }
});

/** Responses that these tests cannot provoke, with the reason. */
const ELSEWHERE: [status: number, routes: 'every' | readonly ApiRouteName[], why: string][] = [
  [429, 'every', 'limits are far away here; e2e/access/limits.spec.ts sets low ones'],
  [500, 'every', 'needs a broken database: e2e/diagnostics/database-errors.spec.ts'],
  [502, ['POST /api/v1/system/discovery'], 'needs a server without an operator'],
  [503, ['GET /api/health/ready'], 'needs a broken database: e2e/diagnostics/database-errors.spec.ts'],
  [200, ['POST /api/dingtalk/events'], 'needs an event of DingTalk: e2e/events/events-callback.spec.ts'],
  [400, ['POST /api/dingtalk/events'], 'needs the callback: e2e/events/events-callback.spec.ts'],
];

const isElsewhere = (name: ApiRouteName, status: number) =>
  ELSEWHERE.some(([each, routes]) => each === status && (routes === 'every' || routes.includes(name)));

test('every status in the route table was seen, or is in the list of those that cannot be seen', () => {
  const names = [...Object.keys(ROUTES), ...Object.keys(openRoutes)] as ApiRouteName[];
  for (const name of names) {
    const { status = 200, unavailable } = contractOf(name);
    const problems = problemsOf(name).map((code) => ERROR_STATUS[code]);
    for (const each of new Set([status, ...(unavailable ? [503] : []), ...problems])) {
      expect.soft(seen.has(keyOf(name, each)), `${name} ${each}`).toBe(!isElsewhere(name, each));
    }
  }
});
