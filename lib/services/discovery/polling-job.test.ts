import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { monthAround, monthOf } from '#lib/domain/budget/budget.ts';
import { REFUSALS_BEFORE_PAUSE } from '#lib/domain/discovery/job-pause.ts';
import type { CheckReason } from '#lib/domain/inventory/fleet.ts';
import { observe } from '#lib/services/devices/observe.ts';
import { describeService } from '#lib/services/diagnostics/describe-system.ts';
import { probeJobs } from '#lib/services/jobs/job-progress.ts';
import { type App, openApp, person } from '#lib/testing/app.ts';
import { reading } from '#lib/testing/reading.ts';
import { createRound, paceOf } from './polling-job.ts';

const HOUR = 3_600_000;
const PATH = '/v1.0/rooms/devices';
let app: App;
let ids: string[];
beforeAll(async () => {
  app = await openApp({
    flags: ['--rooms', '8', '--qps', '0', '--monthly', '1000000'],
    callsPerSecond: 500,
    monthlyCalls: 16,
  });
});
afterAll(() => app.close());
/** Early in a month, so that no test runs into its end. */
const START = Date.UTC(2026, 0, 5, 8);
beforeEach(async () => {
  app.clock.move(START - app.clock.now());
  await app.reset();
  const { scenarios } = await app.simulator.control<{ scenarios: Record<string, { deviceId: string }> }>(
    'GET',
    '/world',
  );
  ids = [...new Set(Object.values(scenarios).map(({ deviceId }) => deviceId))].slice(0, 3);
  for (const id of ids) await observe(app.services, { by: 'deviceId', id }, 'sweep');
  app.clock.move(48 * HOUR);
  // Nothing is due but what a test makes so.
  for (const id of ids) await plan(id, -24, 'routine');
});

/** Plans a check this many hours ago. */
const plan = (id: string, hours: number, reason: CheckReason) =>
  app.services.store.planCheck(id, { at: app.clock.now() - hours * HOUR, reason });
const deviceOf = async (id: string) => (await app.services.store.devicesByKeys([id]))[0];
const lookedAt = async () => {
  const devices = await app.services.store.devicesByKeys(ids);
  return devices.filter(({ observedAt }) => (observedAt ?? 0) > app.clock.now() - HOUR).map(({ key }) => key);
};
const calls = () => app.simulator.counted(`GET ${PATH}`);
const fault = (name: string, more: object = {}) =>
  app.simulator.control('PUT', '/faults', { path: PATH, fault: name, ...more });

describe('scheduled checks', () => {
  test('take the device that is most overdue for its kind, one at a time, at the pace of the budget', async () => {
    const [first, second] = ids as [string, string];
    await plan(first, 6, 'routine');
    await plan(second, 3, 'offline');
    const round = createRound(app.services);
    const paceMs = (await paceOf(app.services)) ?? 0;
    expect(paceMs).toBeGreaterThan(HOUR);
    expect(await round.step()).toBeCloseTo(paceMs, -5);
    expect(await lookedAt()).toEqual([second]);
    const before = await calls();
    const left = await round.step();
    expect(left).toBeGreaterThan(HOUR);
    expect(left).toBeLessThanOrEqual(paceMs);
    expect(await calls()).toBe(before);
    await createRound(app.services).step();
    expect((await lookedAt()).toSorted()).toEqual([first, second].toSorted());
  });

  test('spend the rest evenly until the end of the month', async () => {
    const { to } = monthAround(app.clock.now());
    const left = 12 - (await spent());
    expect(await paceOf(app.services)).toBeCloseTo((to - app.clock.now()) / left, -4);
  });

  test('wait without a call when nothing is due', async () => {
    const before = await calls();
    expect(await createRound(app.services).step()).toBe(60_000);
    expect(await calls()).toBe(before);
  });

  test('stop when their share is spent', async () => {
    const [first] = ids as [string];
    while ((await spent()) < 12) await observe(app.services, { by: 'deviceId', id: first }, 'sweep');
    await plan(first, 6, 'routine');
    const before = await calls();
    expect(await paceOf(app.services)).toBeNull();
    expect(await createRound(app.services).step()).toBeGreaterThan(60_000);
    expect(await calls()).toBe(before);
  });

  test('mark a removed device and do not query it again', async () => {
    const [first] = ids as [string];
    await app.simulator.control('DELETE', `/devices/${first}`);
    await plan(first, 6, 'routine');
    await createRound(app.services).step();
    expect(await deviceOf(first)).toMatchObject({ state: 'removed', removedAt: expect.any(Number) });
    const before = await calls();
    await createRound(app.services).step();
    expect(await calls()).toBe(before);
  });

  test('continue after one refused device, and pause when everything is refused', async () => {
    const [first, second] = ids as [string, string];
    await plan(first, 9, 'routine');
    await plan(second, 6, 'routine');
    await fault('operator', { match: first });
    await createRound(app.services).step();
    expect((await deviceOf(first))?.nextCheck?.at).toBeGreaterThan(app.clock.now() + 23 * HOUR);
    await createRound(app.services).step();
    expect(await lookedAt()).toEqual([second]);

    await app.simulator.control('DELETE', '/faults');
    await fault('scope');
    await plan(first, 9, 'routine');
    const round = createRound(app.services);
    expect(await round.step()).toBe(HOUR);
    const before = await calls();
    await round.step();
    expect(await calls()).toBe(before);
    expect((await deviceOf(first))?.nextCheck?.at).toBeLessThan(app.clock.now());
  });
});

describe('scheduled checks that DingTalk refuses', () => {
  let many: App;
  beforeAll(async () => {
    many = await openApp({
      flags: ['--rooms', '130', '--qps', '0', '--monthly', '1000000'],
      callsPerSecond: 500,
      monthlyCalls: 1_000_000,
    });
  });
  afterAll(() => many.close());
  beforeEach(async () => {
    many.clock.move(START - many.clock.now());
    await many.reset();
    const { store } = many.services;
    const at = many.clock.now();
    for (let index = 0; index < 130; index += 1) {
      const device = { ...reading({}).device, deviceId: `5${index}`, unionId: `union-${index}` };
      const known = { ...reading({ observedAt: at - 48 * HOUR, source: 'sweep' as const }), device };
      await store.recordReading({ by: 'deviceId', id: `5${index}` }, known);
    }
    await many.simulator.control('PUT', '/faults', { path: PATH, fault: 'operator' });
  });

  const asked = () => many.simulator.counted(`GET ${PATH}`);
  /** Runs every step that is due within `ms`, with a clock that is moved instead of waited for. */
  const goRound = async (ms: number) => {
    const clock = { ...many.clock, elapsed: many.clock.now };
    const round = createRound({ ...many.services, clock });
    for (const end = many.clock.now() + ms; many.clock.now() < end; ) {
      const waitMs = await round.step();
      many.clock.move(Math.min(Math.max(waitMs, 1_000), 5 * 60_000));
    }
  };

  test('pause after the first few, whatever the number of devices, and try once per hour', async () => {
    await goRound(12 * HOUR);
    expect(await asked()).toBeGreaterThanOrEqual(REFUSALS_BEFORE_PAUSE + 10);
    expect(await asked()).toBeLessThanOrEqual(REFUSALS_BEFORE_PAUSE + 12);
    const service = await describeService(many.services, person('admin'));
    expect(service.round).toMatchObject({
      pausedBy: 'dingtalk-refused.operator',
      resumesAt: expect.any(String),
    });
    // The ledger learns how a call ended a tenth of a second later.
    const issues = async () =>
      (await describeService(many.services, person('admin'))).troubles.map(({ code }) => code);
    await expect.poll(issues).toEqual(expect.arrayContaining(['operator-refused', 'jobs-paused']));
  });

  test('postpone no device by a day, and go on with the first answer', async () => {
    await goRound(HOUR / 2);
    expect(await asked()).toBe(REFUSALS_BEFORE_PAUSE);
    const devices = await many.services.store.dueChecks(many.clock.now() + 2 * HOUR, 200);
    expect(devices).toHaveLength(130);
    await many.simulator.control('DELETE', '/faults');
    await goRound(2 * HOUR);
    expect(await many.services.store.jobPause()).toBeNull();
    expect(await asked()).toBeGreaterThan(REFUSALS_BEFORE_PAUSE + 100);
  });

  test('keep the pause after a restart, which tries once', async () => {
    await goRound(HOUR / 2);
    const { since } = (await many.services.store.jobPause()) ?? {};
    await probeJobs(many.services);
    await goRound(HOUR / 2);
    expect(await asked()).toBe(REFUSALS_BEFORE_PAUSE + 1);
    expect(await many.services.store.jobPause()).toMatchObject({ since });
  });
});

const spent = async () => {
  return (await app.services.store.spending(monthOf(app.clock.now()))).total;
};
