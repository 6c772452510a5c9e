import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { monthOf } from '#lib/domain/budget/budget.ts';
import type { DoctorStep, DoctorStepName, HealthCheckOutput } from '#lib/domain/diagnostics/doctor.ts';
import { type App, openApp } from '#lib/testing/app.ts';
import { diagnosticContextOf } from './check-connection.ts';
import type { DiagnosticContext, DoctorSettings } from './diagnostic-context.ts';
import { examine } from './doctor.ts';
import { mixed } from './host-steps.ts';

let app: App;
beforeAll(async () => {
  app = await openApp({ flags: ['--rooms', '5'], monthlyCalls: 100 });
});
beforeEach(() => app.reset());
afterAll(() => app.close());

const ROOMS = '/v1.0/rooms/meetingRoomLists';
const DEVICES = '/v1.0/rooms/devices';
const TOKEN = '/v1.0/oauth2/{corpId}/token';
const MEMBER = '/topapi/user/getbyunionid';

const fault = (path: string, name: string, args: object = {}) =>
  app.simulator.control('PUT', '/faults', { path, fault: name, ...args });

async function walk(settings: Partial<DoctorSettings> = {}, context: Partial<DiagnosticContext> = {}) {
  const known = diagnosticContextOf(app.services, 'test:admin');
  const results: HealthCheckOutput[] = [];
  await examine(
    { ...known, ...context, settings: known.settings && { ...known.settings, ...settings } },
    (each) => void results.push(each),
  );
  const steps = results.filter((each): each is DoctorStep & { kind: 'step' } => each.kind === 'step');
  return Object.fromEntries(steps.map((each) => [each.step, each])) as unknown as Record<
    DoctorStepName,
    DoctorStep
  >;
}

const failed = (steps: Record<string, DoctorStep>) =>
  Object.values(steps).flatMap(({ step, state, trouble }) =>
    state === 'failed' ? [`${step}: ${trouble}`] : [],
  );

describe('the health check names each issue and its step', () => {
  test('when there is none', async () => {
    const steps = await walk();
    expect(failed(steps)).toEqual([]);
    expect(Object.values(steps).map(({ state }) => state)).toEqual(Object.keys(steps).map(() => 'ok'));
  });

  test('a wrong secret, with DingTalk’s message', async () => {
    await fault(TOKEN, 'error', {
      status: 400,
      code: 'invalidClientIdOrSecret',
      message: '无效的clientId或者clientSecret',
    });
    const steps = await walk();
    expect(failed(steps)).toEqual(['credentials: credentials-refused']);
    expect(steps.credentials.proof).toMatchObject([
      {
        asked: 'POST /v1.0/oauth2/{corpId}/token',
        said: { status: 400, code: 'invalidClientIdOrSecret', requestId: expect.any(String) },
        message: '无效的clientId或者clientSecret',
      },
    ]);
    for (const name of ['token', 'scope', 'operator'] as const) {
      expect(steps[name]).toMatchObject({ state: 'not-asked', blockedBy: 'credentials' });
    }
  });

  test.each([
    [TOKEN, 'error', { status: 500, code: 'unknownError' }, 'credentials: organisation-unknown'],
    [ROOMS, 'scope', {}, 'scope: scope-missing'],
    [MEMBER, 'errcode-200', {}, 'scope: member-scope-missing'],
    [MEMBER, 'html-200', {}, 'token: old-api-wrong-host'],
    [MEMBER, 'redirect', {}, 'token: old-api-wrong-host'],
    [MEMBER, 'json-200', { body: { errcode: 404, errmsg: 'x' } }, 'token: old-api-wrong-host'],
    [MEMBER, 'errcode-200', { errcode: 88, sub_code: '40014' }, 'token: old-api-wrong-host'],
    [DEVICES, 'operator', {}, 'operator: operator-refused'],
    [ROOMS, 'error', { status: 400, code: 'user.not.employee' }, 'operator: operator-left'],
    [ROOMS, 'ip-list', {}, 'ip-list: ip-not-allowed'],
    [TOKEN, 'ip-list', {}, 'ip-list: ip-not-allowed'],
    [ROOMS, 'quota', {}, 'quota: quota-gone'],
    [DEVICES, 'quota', {}, 'quota: quota-gone'],
    [DEVICES, 'qpm', {}, 'quota: throttled'],
    [ROOMS, 'token-expired', {}, 'scope: token-refused'],
    [ROOMS, 'html-200', {}, 'scope: upstream-confused'],
    [TOKEN, 'http-500', {}, 'credentials: upstream-fault'],
  ])('%s answers %s %o: %s', async (path, name, args, expected) => {
    await fault(path, name, args);
    expect(failed(await walk())).toEqual([expected]);
  });

  test('a missing permission between the app and the operator, by name', async () => {
    await fault(ROOMS, 'scope');
    const { scope, operator } = await walk();
    expect(scope.facts).toContainEqual({
      name: 'scope-lacks',
      values: { scope: 'VideoConference.Conference.Read' },
    });
    expect(scope.proof[0]?.said.code).toBe('Forbidden.AccessDenied.AccessTokenPermissionDenied');
    expect(operator).toMatchObject({ state: 'not-asked', blockedBy: 'scope' });
  });

  test.each([
    ['simOutsiderUnionId', 'operator: operator-refused'],
    ['simExternalUnionId', 'operator: operator-left'],
    ['nobodyAtAll', 'operator: operator-left'],
  ])('%s as the operator: %s', async (operatorUnionId, expected) => {
    expect(failed(await walk({ operatorUnionId }))).toEqual([expected]);
  });

  test('a missing operator, without a counted call', async () => {
    const steps = await walk({ operatorUnionId: null });
    expect(failed(steps)).toEqual(['operator: operator-missing']);
    expect(steps.scope.state).toBe('unknown');
    expect(await app.simulator.control('GET', '/calls')).toMatchObject({ counted: 0 });
  });

  test('a removed device leaves open whether the operator may query', async () => {
    await fault(DEVICES, 'error', { status: 400, code: 'device.not.found' });
    expect((await walk()).operator).toMatchObject({ state: 'unknown' });
  });

  test('a budget that is spent, before any call', async () => {
    const { store, clock } = app.services;
    const charge = { at: clock.now(), purpose: 'look-up', api: 'GET /v1.0/rooms/devices' } as const;
    for (let at = 0; at < 100; at += 1) await store.chargeCall({ ...charge, id: String(at) }, 100);
    const steps = await walk();
    expect(failed(steps)).toEqual(['quota: budget-spent']);
    expect(steps.operator).toMatchObject({ state: 'not-asked', blockedBy: 'quota' });
    expect(steps.credentials.state).toBe('ok');
    expect((await store.spending(monthOf(clock.now()))).total).toBe(100);
  });

  test('a ban found by another process, without extending it', async () => {
    await fault(DEVICES, 'ip-ban', { times: 1 });
    expect(failed(await walk())).toEqual(['quota: address-banned']);
    await app.simulator.control('DELETE', '/calls');
    const steps = await walk();
    expect(failed(steps)).toEqual(['quota: address-banned']);
    expect(steps.credentials).toMatchObject({ state: 'not-asked', blockedBy: 'quota' });
    expect(await app.simulator.control('GET', '/calls')).toMatchObject({ total: 0 });
  });

  test('a clock an hour off, by the Date of DingTalk’s answers', async () => {
    await fault('*', 'clock-skew');
    const steps = await walk();
    expect(failed(steps)).toEqual(['clock: clock-off']);
    expect(steps.clock.facts[0]).toMatchObject({ name: 'clock-dingtalk', values: { direction: 'ahead' } });
  });

  test.each([
    ['http://nobody.invalid', 'host: name-unknown'],
    ['http://127.0.0.1:9', 'host: upstream-unreachable'],
  ])('%s as DingTalk’s host: %s', async (apiOrigin, expected) => {
    expect(failed(await walk({ apiOrigin }))).toEqual([expected]);
  });

  test('an old-style host is checked by its answer, and steps without it continue', async () => {
    const host = new URL(app.simulator.origin).host;
    const { token } = await walk();
    expect(token.facts).toContainEqual({ name: 'old-api-answers', values: { host } });
    for (const [name, saw] of [
      ['html-200', 'page'],
      ['redirect', 'redirect'],
    ] as const) {
      await fault(MEMBER, name);
      const steps = await walk();
      expect(steps.token.facts).toContainEqual({ name: 'old-api-not-dingtalk', values: { host, saw } });
      expect(steps.token.proof).toHaveLength(1);
      expect(steps.operator.state).toBe('ok');
    }
  });

  test('a missing old-style host is reported, and steps without it continue', async () => {
    const steps = await walk({ oapiOrigin: 'http://127.0.0.1:9' });
    expect(failed(steps)).toEqual(['host: old-api-unreachable']);
    expect(steps.operator.state).toBe('ok');
  });

  test('a stream is registered and never opened; the selected events stay unknown', async () => {
    const { events } = await walk({ transport: 'stream' });
    expect(events.state).toBe('unknown');
    expect(events.facts.map(({ name }) => name)).toEqual([
      'stream-not-held',
      'stream-registered',
      'pushes',
      'event-none',
      'ticks-untold',
    ]);
    const { stream } = await app.simulator.control<{ stream: { connections: object } }>('GET', '/events');
    expect(stream.connections).toMatchObject({ now: 0, ever: 0 });
  });
});

test('a refused stream is reported separately, with DingTalk’s message', async () => {
  await fault('/v1.0/gateway/connections/open', 'error', {
    status: 401,
    code: 'authFailed',
    message: '鉴权失败',
  });
  const steps = await walk({ transport: 'stream' });
  expect(failed(steps)).toEqual(['events: stream-not-open']);
  expect(steps.events.proof).toMatchObject([
    { said: { status: 401, code: 'authFailed' }, message: '鉴权失败' },
  ]);
});

test('mixed regions are reported only where both hosts are DingTalk’s and differ', () => {
  const io = { apiOrigin: 'https://api.dingtalk.io', loginOrigin: 'https://login.dingtalk.io' };
  expect(mixed(io)).toBe(false);
  expect(mixed({ ...io, loginOrigin: 'https://login.dingtalk.com' })).toBe(true);
  expect(mixed({ ...io, loginOrigin: 'https://login.example.com' })).toBe(false);
  expect(mixed({ apiOrigin: 'http://127.0.0.1:4010', loginOrigin: 'http://127.0.0.1:4010' })).toBe(false);
});
