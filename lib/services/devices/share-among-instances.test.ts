import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { callerOf, explain, person } from '#lib/testing/app.ts';
import { movingClock } from '#lib/testing/clocks/moving-clock.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { CONFIGURED, wireInstance } from '#lib/testing/instance.ts';
import { type SimulatorProcess, startSimulatorProcess } from '#lib/testing/servers/simulator-process.ts';
import { lookUp } from './look-up.ts';

const SAMPLE = { by: 'deviceId', id: '1234' } as const;
const support = person('support');

describe('two instances on one PostgreSQL', () => {
  let engine: TestEngine;
  let simulator: SimulatorProcess;
  let instances: ReturnType<typeof wireInstance>[];
  beforeAll(async () => {
    const postgres = ENGINES.find((each) => each.engine === 'PostgreSQL');
    [engine, simulator] = await Promise.all([
      (postgres as (typeof ENGINES)[number]).start(),
      startSimulatorProcess(['--rooms', '8', '--qps', '0', '--monthly', '1000000', '--latency-ms', '150']),
    ]);
  });
  afterAll(() => Promise.all([engine.stop(), simulator.stop()]));
  beforeEach(async () => {
    await engine.fresh();
    await simulator.control('POST', '/reset');
    const wire = async () =>
      wireInstance({
        store: await engine.open(),
        origin: simulator.origin,
        clock: movingClock(),
        callsPerSecond: 500,
      });
    instances = [await wire(), await wire()];
    return () => Promise.all(instances.map((each) => each.close()));
  });

  const ask = (index: number, { insist = false, ref = SAMPLE as DeviceRef } = {}) =>
    lookUp(
      (instances[index] as (typeof instances)[number]).services,
      callerOf(support),
      { ref, insist },
      explain,
    );
  const calls = () => simulator.counted('GET /v1.0/rooms/devices');

  test.each([false, true])('make one call for concurrent queries (forced: %s)', async (insist) => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => ask(index % 2, { insist })));
    expect(answers.map(({ device }) => device.deviceId)).toEqual(Array.from({ length: 20 }, () => '1234'));
    expect(answers.filter(({ source }) => source === 'live')).toHaveLength(1);
    expect(await calls()).toBe(1);
  });

  test('make separate calls for different queries', async () => {
    const { scenarios } = await simulator.control<{ scenarios: Record<string, { deviceId: string }> }>(
      'GET',
      '/world',
    );
    const other = Object.values(scenarios).find(({ deviceId }) => deviceId !== '1234')?.deviceId ?? '';
    await Promise.all([ask(0), ask(1, { ref: { by: 'deviceId', id: other } })]);
    expect(await calls()).toBe(2);
  });

  test('answer on the other one when the first one’s call fails', async () => {
    const refused = { path: '/v1.0/rooms/devices', fault: 'operator', times: 1 };
    await simulator.control('PUT', '/faults', refused);
    const asked = await Promise.allSettled([ask(0), ask(1)]);
    expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await calls()).toBe(2);
    // Nothing remains that would keep the first one from querying again.
    expect(await ask(0, { insist: true })).toMatchObject({ source: 'live' });
  });

  test('answer on the other one when the first one died during its call', async () => {
    const { store } = (instances[0] as (typeof instances)[number]).services;
    expect((await store.takeLease(`question ${CONFIGURED} deviceId 1234`, 'dead', 700)).held).toBe(true);
    expect(await ask(1)).toMatchObject({ source: 'live' });
    expect(await calls()).toBe(1);
  });

  test('return the paid answer when its lease cannot be released', async () => {
    const { services } = instances[0] as (typeof instances)[number];
    const store = { ...services.store, releaseLease: () => Promise.reject(new Error('down')) };
    expect(
      await lookUp({ ...services, store }, callerOf(support), { ref: SAMPLE, insist: true }, explain),
    ).toMatchObject({
      source: 'live',
    });
  });
});
