import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorReason } from '#lib/domain/errors.ts';
import { systemClock } from '#lib/server/system-clock.ts';
import { createDingTalk, type DingTalk } from './dingtalk.ts';
import { createJumpingClock } from './testing/jumping-clock.ts';
import { failure } from './testing/scene.ts';

// The simulator is a separate process, written from DingTalk's documents independently, so it can disagree.
let simulator: ChildProcess;
let origin: string;

beforeAll(async () => {
  simulator = spawn(
    process.execPath,
    ['e2e/simulator/main.ts', '--port', '0', '--qps', '0', '--rooms', '20'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  if (!simulator.stdout) throw new Error('no output');
  const [line] = await once(createInterface(simulator.stdout), 'line');
  origin = JSON.parse(line).origin;
});
afterAll(() => simulator.kill());

async function control(method: string, path: string, body: object = {}): Promise<Record<string, unknown>> {
  const answer = await fetch(`${origin}/__control/${path}`, {
    method,
    ...(method === 'GET'
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  expect(answer.ok, await answer.clone().text()).toBe(true);
  return answer.json() as Promise<Record<string, unknown>>;
}

/** Works with a DingTalk room of its own against a simulator that is as new. */
async function withDingTalk<T>(work: (dingtalk: DingTalk) => Promise<T>, options = {}): Promise<T> {
  await control('POST', 'reset');
  const dingtalk = createDingTalk({
    apiOrigin: origin,
    oapiOrigin: origin,
    loginOrigin: origin,
    clientId: 'dingsimulator',
    clientSecret: 'simulator-secret',
    corpId: 'dingsimcorp',
    callsPerSecond: 1_000,
    clock: createJumpingClock(),
    random: () => 0,
    ...options,
  });
  return work(dingtalk).finally(() => dingtalk.close());
}

const ask = (dingtalk: DingTalk, id = '1234', budgetMs = 8_000, operator = 'simOperatorUnionId') =>
  dingtalk.queryDevice({ by: 'deviceId', id }, operator, { budgetMs, purpose: 'look-up' });

const FAULTS: [fault: string, reason: ErrorReason][] = [
  ['reset', 'dingtalk-unreachable.no-connection'],
  ['truncated', 'dingtalk-confused.not-json'],
  ['wrong-types', 'dingtalk-confused.shape'],
  ['huge', 'dingtalk-confused.too-large'],
  ['gzip-bomb', 'dingtalk-confused.not-json'],
  ['invalid-utf8', 'dingtalk-confused.not-json'],
  ['empty', 'dingtalk-confused.not-json'],
  ['null-result', 'dingtalk-confused.shape'],
  ['http-500', 'dingtalk-unreachable.fault'],
  ['html-502', 'dingtalk-unreachable.fault'],
  ['html-200', 'dingtalk-confused.not-json'],
  ['ip-ban', 'dingtalk-throttled.banned'],
  ['errcode-200', 'dingtalk-refused.scope'],
  ['redirect', 'dingtalk-confused.redirected'],
  ['token-expired', 'dingtalk-refused.token'],
  ['qps', 'dingtalk-throttled.rate'],
  ['qpm', 'dingtalk-throttled.minute'],
  ['qps-api', 'dingtalk-throttled.platform'],
  ['quota', 'dingtalk-budget-spent.organisation-quota'],
  ['scope', 'dingtalk-refused.scope'],
  ['ip-list', 'dingtalk-refused.ip-list'],
  ['operator', 'dingtalk-refused.operator'],
  ['busy', 'dingtalk-throttled.busy'],
  ['operation-timeout', 'dingtalk-unreachable.fault'],
  ['gateway-timeout', 'dingtalk-unreachable.fault'],
];

describe('against the simulator', () => {
  test('every scenario of the simulated world is read', () =>
    withDingTalk(async (dingtalk) => {
      const { scenarios } = (await control('GET', 'world')) as {
        scenarios: Record<string, { deviceId?: string }>;
      };
      for (const { deviceId } of Object.values(scenarios)) {
        if (deviceId === undefined) continue;
        const { device } = await ask(dingtalk, deviceId);
        expect(device.deviceId).toBe(deviceId);
      }
      const unknown = await ask(dingtalk, scenarios.unknownStatus?.deviceId);
      expect(unknown.device.status).toEqual({ state: 'unknown', raw: 'firmware_update' });
      expect(unknown.device.unknownFields).toHaveProperty('devUpgradeProgress');
    }));

  test.each(FAULTS)('fault %s is %s', (fault, reason) =>
    withDingTalk(async (dingtalk) => {
      await control('PUT', 'faults', { path: '/v1.0/rooms/devices', fault });
      expect((await failure(ask(dingtalk))).reason).toBe(reason);
    }),
  );

  test.each(['hang', 'drip'])('fault %s is dingtalk-unreachable.no-answer', (fault) =>
    withDingTalk(
      async (dingtalk) => {
        await ask(dingtalk);
        await control('PUT', 'faults', { path: '/v1.0/rooms/devices', fault });
        expect((await failure(ask(dingtalk, '1234', 400))).reason).toBe('dingtalk-unreachable.no-answer');
      },
      { clock: systemClock },
    ),
  );

  test('a clock that is an hour off and a token revoked in flight cause no error', () =>
    withDingTalk(async (dingtalk) => {
      await control('PUT', 'faults', { path: '*', fault: 'clock-skew' });
      expect((await ask(dingtalk)).device.deviceId).toBe('1234');
      await control('PUT', 'faults', { path: '/v1.0/rooms/devices', fault: 'token-revoked' });
      expect((await ask(dingtalk)).device.deviceId).toBe('1234');
    }));

  test('distinguishes a removed device from an operator without permission', () =>
    withDingTalk(async (dingtalk) => {
      expect((await failure(ask(dingtalk, '999'))).reason).toBe('device-not-found.device');
      const outsider = ask(dingtalk, '1234', 8_000, 'simOutsiderUnionId');
      expect((await failure(outsider)).reason).toBe('dingtalk-refused.operator');
    }));

  test.each([
    [{ clientSecret: 'wrong' }, 'dingtalk-refused.credentials'],
    [{ clientSecret: 'wrong', corpId: null }, 'dingtalk-refused.credentials'],
    [{ corpId: 'dingwrong' }, 'dingtalk-refused.organisation'],
  ])('with %j it is %s', (options, reason) =>
    withDingTalk(async (dingtalk) => {
      expect((await failure(ask(dingtalk))).reason).toBe(reason);
    }, options),
  );

  test.each([{ corpId: 'dingsimcorp' }, { corpId: null }])('a person signs in with %j', (options) =>
    withDingTalk(async ({ directory }) => {
      const { code } = await control('POST', 'codes', { unionId: 'simOperatorUnionId', kind: 'browser' });
      const person = await directory.signIn(String(code));
      expect(person).toMatchObject({ unionId: 'simOperatorUnionId', corpId: 'dingsimcorp' });
      expect(person.userId).not.toBeNull();
      await expect(directory.signIn(String(code))).rejects.toMatchObject({ reason: 'code-refused' });
    }, options),
  );
});
