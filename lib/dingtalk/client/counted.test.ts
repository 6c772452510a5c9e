import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDingTalk, type DingTalk } from '#lib/dingtalk/dingtalk.ts';
import { createJumpingClock } from '#lib/dingtalk/testing/jumping-clock.ts';
import { createRecordingMeter } from '#lib/dingtalk/testing/recording-meter.ts';
import { failure } from '#lib/dingtalk/testing/scene.ts';
import { AppError, type ErrorReason } from '#lib/domain/errors.ts';
import { systemClock } from '#lib/server/system-clock.ts';
import { type SimulatorProcess, startSimulatorProcess } from '#lib/testing/servers/simulator-process.ts';
import { isCounted } from './counted.ts';

const TABLE: [reason: ErrorReason, counted: boolean][] = [
  ['dingtalk-throttled.rate', false],
  ['dingtalk-throttled.platform', false],
  ['dingtalk-throttled.banned', false],
  ['dingtalk-budget-spent.organisation-quota', false],
  ['dingtalk-throttled.minute', true],
  ['dingtalk-throttled.busy', true],
  ['device-not-found.device', true],
  ['room-not-found.room', true],
  ['dingtalk-refused.credentials', true],
  ['dingtalk-refused.organisation', true],
  ['dingtalk-refused.scope', true],
  ['dingtalk-refused.operator', true],
  ['dingtalk-refused.operator-missing', true],
  ['dingtalk-refused.operator-left', true],
  ['dingtalk-refused.ip-list', true],
  ['dingtalk-refused.token', true],
  ['dingtalk-refused.unrecognised', true],
  ['dingtalk-unreachable.no-connection', true],
  ['dingtalk-unreachable.no-answer', true],
  ['dingtalk-unreachable.fault', true],
  ['dingtalk-confused.not-json', true],
  ['dingtalk-confused.shape', true],
  ['dingtalk-confused.too-large', true],
  ['dingtalk-confused.redirected', true],
  ['dingtalk-confused.unrecognised', true],
  ['internal.internal', true],
];

test.each(TABLE)('a call that was sent and ended with %s is counted: %s', (reason, counted) => {
  expect(isCounted(new AppError(reason))).toBe(counted);
});

const DEVICES = '/v1.0/rooms/devices';
let simulator: SimulatorProcess;
beforeAll(async () => {
  simulator = await startSimulatorProcess(['--qps', '0', '--rooms', '5']);
});
afterAll(() => simulator.stop());

/** The calls that Rooms Desk and the simulator count for one query, with or without a fault. */
async function count(
  fault: object | null,
  clock = createJumpingClock() as typeof systemClock,
  budgetMs = 8_000,
) {
  await simulator.control('POST', '/reset');
  const { meter, counted, entries } = createRecordingMeter();
  const origin = simulator.origin;
  const dingtalk: DingTalk = createDingTalk({
    apiOrigin: origin,
    oapiOrigin: origin,
    loginOrigin: origin,
    clientId: 'dingsimulator',
    clientSecret: 'simulator-secret',
    corpId: 'dingsimcorp',
    callsPerSecond: 1_000,
    clock,
    random: () => 0,
    meter,
  });
  const ask = (id: string) =>
    dingtalk.queryDevice({ by: 'deviceId', id }, 'simOperatorUnionId', { budgetMs, purpose: 'look-up' });
  try {
    if (fault) await simulator.control('PUT', '/faults', { path: DEVICES, ...fault });
    await (fault ? ask('1234').catch(() => {}) : failure(ask('999')));
    const [ours, theirs] = [counted(), await simulator.counted(`GET ${DEVICES}`)];
    return { ours, theirs, attempts: entries.length };
  } finally {
    await dingtalk.close();
  }
}

describe('against the simulator', () => {
  test('a device that does not exist is counted by both sides', async () => {
    expect(await count(null)).toEqual({ ours: 1, theirs: 1, attempts: 1 });
  });

  test.each([
    ...['qps', 'qps-api', 'quota', 'ip-ban', 'http-500', 'scope', 'ip-list', 'operator', 'busy'],
    ...['operation-timeout', 'gateway-timeout', 'errcode-200', 'error', 'truncated', 'wrong-types', 'huge'],
    ...['gzip-bomb', 'invalid-utf8', 'clock-skew', 'empty', 'null-result'],
  ])('with %s both sides count the same', async (fault) => {
    const { ours, theirs } = await count({ fault });
    expect(ours).toBe(theirs);
  });

  // Whether DingTalk counts these is not known; the simulator chose that it does not.
  test.each(['reset', 'html-502', 'html-200', 'redirect', 'token-expired', 'token-revoked', 'qpm'])(
    'with %s every attempt is counted, which is not less',
    async (fault) => {
      const { ours, theirs, attempts } = await count({ fault });
      expect(ours).toBe(attempts);
      expect(ours).toBeGreaterThan(theirs);
    },
  );

  test.each(['hang', 'drip'])(
    'with %s, which exceeds the time limit, the attempt is counted',
    async (fault) => {
      const { ours, theirs, attempts } = await count({ fault }, systemClock, 500);
      expect([ours, attempts]).toEqual([1, 1]);
      expect(theirs).toBeLessThanOrEqual(ours);
    },
  );
});
