import type { APIResponse } from '@playwright/test';
import { type App, expect, test } from '../support/app.ts';
import { BROKEN_CONNECTIONS, type Fault, orderFault, REFUSALS, TOKEN_FAULTS } from '../support/faults.ts';
import { socketsOf } from '../support/sockets.ts';
import { problemTexts } from '../support/texts.ts';

/** Slower than elsewhere: several large and compressed bodies arrive at once, and nothing else may run out of time. */
const CLOCK_SPEED = '2';
/** More of them would slow down a busy machine, so that failing requests take as long as hanging ones. */
const ROWS_AT_ONCE = 10;

// Rows run at the same time, each on its own device, because some take as long as a request may.
test.use({
  appOptions: {
    env: { CLOCK_SPEED, DINGTALK_QPS: '60' },
    simulatorArgs: ['--qps', '0', '--keep-alive-seconds', '4'],
  },
});

/** A request may take eight seconds of the server's clock, which are four here; a slow machine may add four. */
const MOST_MS = 8_000;

type Answer = { status: number; headers: Record<string, string>; body: Record<string, unknown>; ms: number };
type Problem = {
  code: string;
  reason: string;
  upstream?: { status: number; code: string | null; requestId: string | null };
};
/** A device that is opened for the first time during the fault, after it, and during it again. */
type Played = { unseen: Answer; live: Answer; known: Answer };

const ROWS = [...BROKEN_CONNECTIONS, ...REFUSALS];
const SUCCEEDS: readonly Pick<Fault, 'says' | 'fault' | 'args'>[] = [
  { says: 'has a wrong clock', fault: 'clock-skew' },
  // A second of the server's clock.
  { says: 'is slow', fault: 'slow', args: { ms: 500 } },
];

let ask: (query: string) => Promise<Answer>;
const played = new Map<string, Played>();

test.beforeAll(async ({ api, app }) => {
  const request = await api('support');
  ask = async (query) => {
    const from = performance.now();
    const response: APIResponse = await request.get(`/api/v1/devices/query?${query}`);
    const body = (await response.json()) as Record<string, unknown>;
    return { status: response.status(), headers: response.headers(), body, ms: performance.now() - from };
  };
  // The token is fetched before the fault starts.
  expect((await ask('deviceId=1234')).status).toBe(200);
  const rows = await Promise.all(ROWS.map(async (row) => ({ row, deviceId: await app.unseenDevice() })));
  const waiting = rows.values();
  const playWaiting = async () => {
    for (const { row, deviceId } of waiting) played.set(row.fault, await play(app, row, deviceId));
  };
  await Promise.all(Array.from({ length: ROWS_AT_ONCE }, playWaiting));
});

test.afterEach(async ({ app, request }) => {
  expect((await request.get('/api/health/ready')).status()).toBe(200);
  expect(app.logs()).not.toMatch(/unhandled|uncaught|out of memory/i);
});

async function play(app: App, row: Fault, deviceId: string): Promise<Played> {
  await orderFault(app, row, deviceId);
  const unseen = await ask(`deviceId=${deviceId}`);
  await mend(app, deviceId);
  // A refusal is cached for ten minutes, unless the query is forced.
  const live = await ask(`deviceId=${deviceId}&fresh=true`);
  await orderFault(app, row, deviceId);
  const known = await ask(`deviceId=${deviceId}&fresh=true`);
  return { unseen, live, known };
}

/** Replaces the fault for this device by one without effect. */
async function mend(app: App, deviceId: string): Promise<void> {
  const match = `deviceId=${deviceId}`;
  await app.simulator.control('PUT', '/faults', {
    path: '/v1.0/rooms/devices',
    fault: 'clock-skew',
    seconds: 0,
    match,
  });
}

function expectProblem({ status, headers, body, ms }: Answer, row: Fault): void {
  expect(status).toBe(row.status);
  expect(headers['content-type']).toContain('application/problem+json');
  expect(headers['cache-control']).toBe('private, no-store');
  expect(headers['retry-after']).toBe(row.retryAfter === undefined ? undefined : String(row.retryAfter));
  expect(body).toMatchObject({
    type: `urn:rooms-desk:problem:${codeOf(row)}`,
    status: row.status,
    requestId: headers['x-request-id'],
    ...problemTexts(row.reason, row.values),
  });
  expectSaid(body as Problem, row);
  expect(ms).toBeLessThan(MOST_MS);
}

/** An unknown device shows the error; a known one shows the last known data with the error beside it. */
async function expectErrorAndLastKnown(app: App, row: Fault, deviceId: string, live: Answer) {
  const [unseen, known] = await Promise.all([
    ask(`deviceId=${await app.unseenDevice()}`),
    ask(`deviceId=${deviceId}&fresh=true`),
  ]);
  expectProblem(unseen, row);
  expectLastKnown(known, live, row);
}

function expectSaid(problem: Problem, row: Fault): void {
  expect(problem).toMatchObject({ code: codeOf(row), reason: row.reason });
  if (row.upstreamCode === undefined) return;
  expect(problem.upstream?.code).toBe(row.upstreamCode);
  expect(problem.upstream?.requestId, 'what DingTalk’s support asks for').toMatch(/\S{8,}/);
}

function expectLastKnown(known: Answer, live: Answer, row: Fault): void {
  expect(live.status).toBe(200);
  expect(live.body.source).toBe('live');
  expect(known.status).toBe(200);
  expect(known.headers['content-type']).toContain('application/json');
  expect(known.body).toMatchObject({
    source: 'last-known',
    device: live.body.device,
    observedAt: live.body.observedAt,
  });
  expectSaid(known.body.notice as Problem, row);
  expect(known.ms).toBeLessThan(MOST_MS);
}

const codeOf = ({ reason }: Fault) => reason.split('.')[0];

for (const row of ROWS) {
  test(`when DingTalk ${row.says} (${row.fault}): ${row.reason}, and the last known data stays`, () => {
    const { unseen, live, known } = played.get(row.fault) as Played;
    expectProblem(unseen, row);
    expectLastKnown(known, live, row);
  });
}

test('a device that DingTalk does not know is never answered from stored data', async ({ app }) => {
  const deviceId = await app.unseenDevice();
  expect((await ask(`deviceId=${deviceId}`)).status).toBe(200);
  await app.simulator.control('DELETE', `/devices/${deviceId}`);
  const gone: Fault = {
    says: '',
    fault: '',
    reason: 'device-not-found.device',
    status: 404,
    upstreamCode: 'device.not.found',
  };
  expectProblem(await ask(`deviceId=${deviceId}&fresh=true`), gone);
});

for (const { says, fault, args } of SUCCEEDS) {
  test(`when DingTalk ${says} (${fault}) the response is still usable`, async ({ app }) => {
    const deviceId = await app.unseenDevice();
    await app.simulator.control('PUT', '/faults', { path: '/v1.0/rooms/devices', fault, ...args });
    const answer = await ask(`deviceId=${deviceId}`);
    expect(answer.status).toBe(200);
    expect(answer.body.source).toBe('live');
  });
}

test('fields of wrong types lose only themselves', async ({ app }) => {
  const deviceId = await app.unseenDevice();
  const fields = { activeTime: 'yesterday', deviceStatus: 3, deviceName: ['a', 'list'] };
  await app.simulator.control('PUT', '/faults', {
    path: '/v1.0/rooms/devices',
    fault: 'wrong-types',
    fields,
  });
  const { status, body } = await ask(`deviceId=${deviceId}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    source: 'live',
    device: {
      deviceId,
      name: null,
      activatedAt: null,
      status: { state: 'unknown', raw: '3' },
      unknownFields: { deviceName: ['a', 'list'], activeTime: 'yesterday' },
    },
  });
});

for (const [way, seconds] of [
  ['ahead', 3_600],
  ['behind', -3_600],
  ['so far ahead that every token is over', 10_000],
] as const) {
  test(`when DingTalk's clock is ${way} the response is still usable`, async ({ app }) => {
    await app.simulator.control('POST', '/clock', { advanceSeconds: seconds });
    const answer = await ask(`deviceId=${await app.unseenDevice()}`);
    await app.simulator.control('POST', '/clock', { advanceSeconds: -seconds });
    expect(answer.status).toBe(200);
    expect(answer.body.source).toBe('live');
  });
}

test('replaces a token that is revoked during a query without an error', async ({ app }) => {
  await app.simulator.control('PUT', '/faults', { path: '/v1.0/rooms/devices', fault: 'token-revoked' });
  const answer = await ask(`deviceId=${await app.unseenDevice()}`);
  expect(answer.status).toBe(200);
  expect(answer.body.source).toBe('live');
});

test('when connections are refused: dingtalk-unreachable.no-connection, and the last known data stays', async ({
  app,
}) => {
  const row: Fault = {
    says: '',
    fault: 'refuse',
    args: { seconds: 60 },
    reason: 'dingtalk-unreachable.no-connection',
    status: 504,
  };
  const deviceId = await app.unseenDevice();
  const live = await ask(`deviceId=${deviceId}`);
  await orderFault(app, row);
  await expectErrorAndLastKnown(app, row, deviceId, live);
});

for (const row of TOKEN_FAULTS) {
  test(`when DingTalk ${row.says} (${row.fault}): ${row.reason}, and the last known data stays`, async ({
    app,
  }) => {
    const deviceId = await app.unseenDevice();
    const live = await ask(`deviceId=${deviceId}`);
    await orderFault(app, row);
    await expectErrorAndLastKnown(app, row, deviceId, live);

    await app.simulator.control('DELETE', '/faults');
    expect((await ask(`deviceId=${deviceId}&fresh=true`)).body.source, 'it comes back').toBe('live');
  });
}

test('every fault of the simulator has a row in a table', async ({ app }) => {
  // A ban blocks every query of a server; e2e/upstream/ban.spec.ts has its own. Hostile texts:
  // e2e/devices/answers.spec.ts.
  const elsewhere = ['ip-ban', 'json-200', 'refuse', 'token-revoked'];
  const rows = [...ROWS, ...SUCCEEDS, ...TOKEN_FAULTS].map(({ fault }) => fault);
  const { kinds } = await app.simulator.control<{ kinds: Record<string, unknown> }>('GET', '/faults');
  expect(Object.keys(kinds).sort()).toEqual([...new Set([...rows, ...elsewhere])].sort());
});

test('no connection to DingTalk or to a client stays open after all requests have ended', async ({ app }) => {
  const towards = Number(new URL(app.simulator.origin).port);
  const deviceId = await app.unseenDevice();
  expect((await ask(`deviceId=${deviceId}`)).body.source).toBe('live');
  expect(
    socketsOf(app.pid).filter(({ peer }) => peer === towards).length,
    'a connection that is kept alive would be seen',
  ).toBeGreaterThan(0);
  // An idle connection to DingTalk is closed within four seconds, one to a client after 65 seconds of the server's
  // clock. A connection that is still open later has leaked.
  await expect.poll(() => connected(app.pid), { timeout: 60_000 }).toEqual([]);
});

const connected = (pid: number) => socketsOf(pid).filter(({ state }) => state !== 'listening');
