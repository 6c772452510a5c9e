import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#lib/server/system-clock.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { startDiscovery } from '#lib/services/discovery/start-discovery.ts';
import { callerOf, person } from '#lib/testing/app.ts';
import { hurriedClock } from '#lib/testing/clocks/hurried-clock.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { wireInstance } from '#lib/testing/instance.ts';
import { type SimulatorProcess, startSimulatorProcess } from '#lib/testing/servers/simulator-process.ts';
import { JOB_LEASE, startJobs } from './jobs.ts';
import type { RunningJob } from './start-job.ts';

const MINUTE = 60_000;
/** Leases, and the pauses between rounds, last a fifth of their time. */
const HURRY = 5;

function hurried(services: ServiceContext): ServiceContext {
  const { store, clock } = services;
  const takeLease: typeof store.takeLease = (name, holder, ms) => store.takeLease(name, holder, ms / HURRY);
  return { ...services, store: { ...store, takeLease }, clock: hurriedClock(clock, HURRY) };
}

describe('the jobs of two instances on one PostgreSQL', () => {
  let engine: TestEngine;
  let simulator: SimulatorProcess;
  const running: { services: ServiceContext; jobs: RunningJob }[] = [];
  beforeAll(async () => {
    const postgres = ENGINES.find((each) => each.engine === 'PostgreSQL');
    [engine, simulator] = await Promise.all([
      (postgres as (typeof ENGINES)[number]).start(),
      startSimulatorProcess(['--rooms', '12', '--qps', '0', '--monthly', '1000000']),
    ]);
    for (let index = 0; index < 2; index++) {
      const { services } = wireInstance({
        store: await engine.open(),
        origin: simulator.origin,
        clock: systemClock,
        callsPerSecond: 500,
      });
      running.push({ services, jobs: startJobs(hurried(services)) });
    }
  });
  afterAll(async () => {
    await Promise.all(running.map(({ jobs }) => jobs.stop()));
    await Promise.all([engine.stop(), simulator.stop()]);
  });

  const holder = async (asked: ServiceContext) => {
    const id = await asked.store.leaseHolder(JOB_LEASE);
    return running.find(({ services }) => services.instanceId === id) ?? null;
  };
  const counted = async () => {
    const { paths } = await simulator.control<{ paths: Record<string, { counted: number }> }>(
      'GET',
      '/calls',
    );
    return Object.fromEntries(Object.entries(paths).map(([path, calls]) => [path, calls.counted]));
  };

  test('run in one instance, and in the other within a minute when that one dies', async () => {
    const [one] = running as [(typeof running)[number]];
    // An empty inventory is discovered automatically.
    await expect
      .poll(() => one.services.store.latestDiscovery(), { timeout: MINUTE, interval: 100 })
      .toMatchObject({ state: 'done', startedBy: null });
    const { counts } = await simulator.control<{ counts: { rooms: number; devices: number } }>(
      'GET',
      '/world',
    );
    const calls = await counted();
    expect(calls['GET /v1.0/rooms/groupLists']).toBe(1);
    expect(calls['GET /v1.0/rooms/meetingRooms/{roomId}']).toBe(counts.rooms);

    const working = await holder(one.services);
    const other = running.find((each) => each !== working) as (typeof running)[number];
    expect(working).not.toBeNull();
    // As when its process dies: the lease is neither prolonged nor given back.
    await working?.services.store.close();
    const { run } = await startDiscovery(other.services, callerOf(person('admin')));
    await expect
      .poll(() => other.services.store.latestDiscovery(), { timeout: MINUTE, interval: 250 })
      .toMatchObject({ id: run.id, state: 'done' });
    expect(await holder(other.services)).toBe(other);
    expect((await counted())['GET /v1.0/rooms/groupLists']).toBe(2);

    await other.jobs.stop();
    expect(await other.services.store.leaseHolder(JOB_LEASE)).toBeNull();
  });
});
