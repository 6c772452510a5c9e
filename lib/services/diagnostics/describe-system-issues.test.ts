import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lookUp } from '#lib/services/devices/look-up.ts';
import { type App, callerOf, explain, openApp, person } from '#lib/testing/app.ts';
import { describeService } from './describe-system.ts';

let app: App;
beforeAll(async () => {
  app = await openApp({ flags: ['--rooms', '5'] });
});
beforeEach(() => app.reset());
afterAll(() => app.close());

const DEVICES = '/v1.0/rooms/devices';
const TOKEN = '/v1.0/oauth2/{corpId}/token';

const fault = (path: string, name: string, args: object = {}) =>
  app.simulator.control('PUT', '/faults', { path, fault: name, ...args });
const ask = () =>
  lookUp(
    app.services,
    callerOf(person('support')),
    { ref: { by: 'deviceId', id: '1234' }, insist: true },
    explain,
  ).catch(() => undefined);
const systemIssues = async () => (await describeService(app.services, person('admin'))).troubles;
const codes = async () => (await systemIssues()).map(({ code }) => code);

describe('the admin page shows at the top', () => {
  test.each([
    ['operator', DEVICES, {}, 'operator-refused'],
    ['quota', DEVICES, {}, 'quota-gone'],
    ['scope', DEVICES, {}, 'scope-missing'],
    ['ip-list', DEVICES, {}, 'ip-not-allowed'],
    ['clock-skew', '*', {}, 'clock-off'],
    ['error', TOKEN, { status: 400, code: 'invalidClientIdOrSecret' }, 'credentials-refused'],
  ])('after %s at %s %o: %s, and nothing any more once it is resolved', async (name, path, args, code) => {
    expect(await codes()).toEqual([]);
    await fault(path, name, args);
    await ask();
    await app.services.audit.settled();
    await expect.poll(codes).toEqual([code]);
    await app.simulator.control('DELETE', '/faults');
    await ask();
    await expect.poll(codes).toEqual([]);
  });

  test('a refusal with DingTalk’s own message', async () => {
    await fault(DEVICES, 'operator');
    await ask();
    await expect.poll(codes).toEqual(['operator-refused']);
    const [systemIssue] = await systemIssues();
    expect(systemIssue).toMatchObject({
      severity: 'critical',
      evidence: [
        {
          what: 'call-failed',
          value: 'GET /v1.0/rooms/devices',
          source: 'ledger',
          said: { status: 403, code: 'no.permission', requestId: expect.any(String) },
        },
        { what: 'never-answered', value: 'GET /v1.0/rooms/devices' },
      ],
    });
  });
});
