import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Purpose } from '#lib/dingtalk/client/meter.ts';
import { monthAround, monthOf } from '#lib/domain/budget/budget.ts';
import { lookUp } from '#lib/services/devices/look-up.ts';
import { observe } from '#lib/services/devices/observe.ts';
import { type App, callerOf, explain, openApp, person } from '#lib/testing/app.ts';

const PATH = '/v1.0/rooms/devices';
const MONTHLY = 8;
const support = person('support');
const SAMPLE = { by: 'deviceId', id: '1234' } as const;
let app: App;
beforeAll(async () => {
  app = await openApp({
    flags: ['--rooms', '8', '--qps', '0', '--monthly', '1000000'],
    callsPerSecond: 500,
    monthlyCalls: MONTHLY,
  });
});
afterAll(() => app.close());
beforeEach(() => app.reset());

const ask = () => lookUp(app.services, callerOf(support), { ref: SAMPLE, insist: true }, explain);
const check = (purpose: Exclude<Purpose, 'look-up'> = 'sweep') => observe(app.services, SAMPLE, purpose);
const fault = (name: string, more: object = {}) =>
  app.simulator.control('PUT', '/faults', { path: PATH, fault: name, ...more });
const spending = () => app.services.store.spending(monthOf(app.clock.now()));
const counted = () => app.simulator.counted(`GET ${PATH}`);

describe('the ledger of calls', () => {
  test('has each call with its purpose, and a second attempt as another call', async () => {
    await ask();
    await check('watch');
    await fault('http-500', { times: 1 });
    await check('discovery').catch(() => undefined);
    const { byDay, total } = await spending();
    const byPurpose = Object.fromEntries(byDay.map(({ purpose, calls }) => [purpose, calls]));
    expect(byPurpose).toMatchObject({ 'look-up': 1, watch: 1, discovery: 1 });
    expect(total).toBe(await counted());
    expect(total - (byPurpose.retry ?? 0)).toBe(3);
  });

  test('is never below DingTalk’s count, and removes what DingTalk does not count', async () => {
    for (const name of ['http-500', 'html-502', 'reset', 'qps', 'truncated', 'operator', 'wrong-types']) {
      await app.reset();
      await fault(name, { fields: { deviceId: {} } });
      await ask().catch(() => undefined);
      expect((await spending()).total, name).toBeGreaterThanOrEqual(await counted());
    }
    await app.reset();
    await fault('quota');
    await expect(ask()).rejects.toMatchObject({ code: 'dingtalk-budget-spent' });
    await expect.poll(async () => (await spending()).total).toBe(0);
  });

  test('lets jobs spend their share and people all of it, and not one call more, however many are concurrent', async () => {
    const checks = await Promise.allSettled(Array.from({ length: 20 }, () => check()));
    expect(checks.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
    await expect(check()).rejects.toMatchObject({ reason: 'dingtalk-budget-spent.reserve' });
    expect(await ask()).toMatchObject({ source: 'live' });
    expect(await ask()).toMatchObject({ source: 'live' });
    const spent = await ask();
    expect(spent).toMatchObject({
      source: 'last-known',
      notice: { reason: 'dingtalk-budget-spent.own-limit' },
    });
    expect(await counted()).toBe(MONTHLY);
    expect(await spending()).toMatchObject({ total: MONTHLY });
  });

  test('gives the start of the next month, and starts again in it', async () => {
    await Promise.allSettled(Array.from({ length: 10 }, () => check()));
    const resetsAt = new Date(monthAround(app.clock.now()).to).toISOString();
    await expect(check()).rejects.toMatchObject({ values: { limit: '8', resetsAt } });
    app.clock.move(monthAround(app.clock.now()).to - app.clock.now() + 1_000);
    expect(await check()).toBe('there');
    expect(await spending()).toMatchObject({ total: 1 });
  });

  test('is written before a call is sent: none is sent while it cannot be written', async () => {
    const { store } = app.services;
    await store.close();
    await expect(check()).rejects.toMatchObject({ code: 'internal' });
    expect(await counted()).toBe(0);
  });
});
