import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#lib/domain/access/operator.ts';
import { lookUp } from '#lib/services/devices/look-up.ts';
import { type App, callerOf, explain, openApp, person } from '#lib/testing/app.ts';
import { describeService } from './describe-system.ts';
import { serviceNotice } from './system-notice.ts';

let app: App;
beforeAll(async () => {
  app = await openApp({ flags: ['--rooms', '5'] });
});
beforeEach(() => app.reset());
afterAll(() => app.close());

const TOKEN = '/v1.0/oauth2/{corpId}/token';
const DEVICES = '/v1.0/rooms/devices';
const WRONG_SECRET = { fault: 'error', status: 400, code: 'invalidClientIdOrSecret', message: 'x' };

const fault = (path: string, body: object) => app.simulator.control('PUT', '/faults', { path, ...body });
const ask = () =>
  lookUp(
    app.services,
    callerOf(person('support')),
    { ref: { by: 'deviceId', id: '1234' }, insist: true },
    explain,
  ).catch(() => undefined);
// A new context each time, so that nothing cached is returned.
const noticeFor = (role: Role, change: object = {}) =>
  serviceNotice({ ...app.services, ...change }, { role });

describe('the notice on every page', () => {
  test('is absent while DingTalk answers', async () => {
    await ask();
    for (const role of ['viewer', 'support', 'admin'] as const) expect(await noticeFor(role)).toBeNull();
  });

  test('shows every role a wrong client secret, until a token is issued again', async () => {
    await fault(TOKEN, WRONG_SECRET);
    await ask();
    for (const role of ['viewer', 'support', 'admin'] as const) {
      expect(await noticeFor(role)).toBe('credentials-refused');
    }
    await app.simulator.control('DELETE', '/faults');
    await ask();
    await expect.poll(() => noticeFor('viewer')).toBeNull();
  });

  test('shows what another instance met, by the shared pause', async () => {
    const { store, clock } = app.services;
    const now = clock.now();
    await store.pauseJobs({ reason: 'dingtalk-refused.credentials', since: now, probeAt: now + 1 });
    expect(await noticeFor('viewer')).toBe('credentials-refused');
    const { upstream } = await describeService(app.services, person('admin'));
    expect(upstream.lastFailed).toMatchObject({ reason: 'dingtalk-refused.credentials' });
    await store.resumeJobs(now);
    expect(await noticeFor('viewer')).toBeNull();
  });

  test('shows a refused operator when the jobs are paused for it, not when one person is refused', async () => {
    await fault(DEVICES, { fault: 'operator' });
    await ask();
    expect(await noticeFor('viewer')).toBeNull();
    const { store, clock } = app.services;
    const now = clock.now();
    await store.pauseJobs({ reason: 'dingtalk-refused.operator', since: now, probeAt: now + 1 });
    expect(await noticeFor('viewer')).toBe('operator-refused');
  });

  test('shows only admins that no operator is configured', async () => {
    const change = { operatorUnionId: null };
    expect(await noticeFor('admin', change)).toBe('operator-missing');
    expect(await noticeFor('support', change)).toBeNull();
  });

  test('does not treat one lost connection as an outage', async () => {
    await fault(DEVICES, { fault: 'reset', times: 1 });
    await ask();
    expect(await noticeFor('viewer')).toBeNull();
  });
});

test('the admin page names the failed token call instead of reporting no failure', async () => {
  await fault(TOKEN, WRONG_SECRET);
  await app.simulator.control('POST', '/tokens/revoke', { kind: 'app' });
  await ask();
  const { upstream } = await describeService(app.services, person('admin'));
  expect(upstream.lastFailed).toMatchObject({ reason: 'dingtalk-refused.credentials' });
  expect(upstream.failures[0]).toMatchObject({
    api: 'POST /v1.0/oauth2/{corpId}/token',
    purpose: null,
    upstream: { status: 400, code: 'invalidClientIdOrSecret' },
  });
});
