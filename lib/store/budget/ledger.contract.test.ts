import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CALL_PURPOSES, monthOf } from '#lib/domain/budget/budget.ts';
import type { AppError } from '#lib/domain/errors.ts';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, instanceBeside, type TestEngine } from '#lib/testing/databases/engines.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import type { Charge, Settlement } from './ledger.ts';

const AT = Date.UTC(2026, 10, 24, 4);
const MONTH = '2026-11';

const charge = (given: Partial<Charge> = {}): Charge => ({
  id: randomUUID(),
  at: AT,
  purpose: 'look-up',
  api: 'queryDevice',
  ...given,
});

const settled = (given: Partial<Settlement> = {}): Settlement => ({
  counted: true,
  status: 200,
  code: null,
  requestId: 'r-1',
  ms: 12,
  reason: null,
  ...given,
});

const REFUSED = settled({ status: 403, code: 'Forbidden', reason: 'dingtalk-refused.scope' });

const settle = (store: Store, id: string, settlement: Settlement) => store.settleCalls([{ id, settlement }]);

describe.each(ENGINES)('the ledger on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;

  beforeAll(async () => {
    engine = await start();
  });

  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
  });

  afterAll(() => engine.stop());

  const spend = (times: number, limit: number, on = store) =>
    Promise.all(Array.from({ length: times }, () => on.chargeCall(charge(), limit)));

  test('has no calls in a month without calls', async () => {
    expect(await store.spending(MONTH)).toEqual({ month: MONTH, total: 0, byDay: [] });
    expect(await store.lastCalls()).toEqual({ answered: null, failed: null });
    expect(await store.failedCalls(5)).toEqual([]);
  });

  test('allows calls up to the limit and not one more', async () => {
    expect(await store.chargeCall(charge(), 0)).toBe(false);
    expect((await spend(3, 2)).filter(Boolean)).toHaveLength(2);
    expect((await store.spending(MONTH)).total).toBe(2);
    expect(await store.chargeCall(charge(), 3)).toBe(true);
  });

  test('counts days and purposes separately, by the calendar of China', async () => {
    const lateInUtc = Date.UTC(2026, 9, 31, 16);
    await store.chargeCall(charge({ at: lateInUtc - 1 }), 10);
    await store.chargeCall(charge({ at: lateInUtc }), 10);
    await store.chargeCall(charge({ purpose: 'sweep' }), 10);
    await store.chargeCall(charge(), 10);
    await store.chargeCall(charge(), 10);
    expect(await store.spending(MONTH)).toEqual({
      month: MONTH,
      total: 4,
      byDay: [
        { day: '2026-11-01', purpose: 'look-up', calls: 1 },
        { day: '2026-11-24', purpose: 'look-up', calls: 2 },
        { day: '2026-11-24', purpose: 'sweep', calls: 1 },
      ],
    });
    expect((await store.spending('2026-10')).total).toBe(1);
  });

  test('has a limit for each month', async () => {
    await spend(2, 2);
    expect(await store.chargeCall(charge({ at: AT + 30 * 86_400_000 }), 2)).toBe(true);
  });

  test('removes what DingTalk does not count from its month and day', async () => {
    const before = charge({ at: Date.UTC(2026, 9, 31, 15, 59, 59, 990) });
    await store.chargeCall(before, 1);
    await spend(1, 1);
    await settle(store, before.id, settled({ counted: false, ms: 5_000, reason: 'dingtalk-throttled.rate' }));
    expect(await store.spending('2026-10')).toEqual({ month: '2026-10', total: 0, byDay: [] });
    expect((await store.spending(MONTH)).total).toBe(1);
  });

  test('ignores a second settlement, and one without a charge', async () => {
    const call = charge();
    await store.chargeCall(call, 10);
    await spend(1, 10);
    await Promise.all([1, 2, 3].map(() => settle(store, call.id, settled({ counted: false }))));
    await settle(store, call.id, REFUSED);
    await settle(store, 'never', settled({ counted: false }));
    expect((await store.spending(MONTH)).total).toBe(1);
    expect(await store.failedCalls(5)).toEqual([]);
  });

  test('keeps a call counted whose process died', async () => {
    await spend(1, 1);
    await store.close();
    store = await engine.open();
    expect(await store.chargeCall(charge(), 1)).toBe(false);
  });

  test('refuses to charge a call twice, and counts it once', async () => {
    const call = charge();
    await store.chargeCall(call, 10);
    await expect(store.chargeCall(call, 10)).rejects.toThrow();
    expect((await store.spending(MONTH)).total).toBe(1);
  });

  test('lists the newest calls first, each with its result', async () => {
    const calls = [0, 1, 2, 3, 4].map((minute) => charge({ at: AT + minute * 60_000, id: `call ${minute}` }));
    for (const call of calls) await store.chargeCall(call, 10);
    const [first, second, third, fourth] = calls;
    await settle(store, third!.id, REFUSED);
    await settle(store, first!.id, REFUSED);
    await settle(store, fourth!.id, settled({ ms: 3.4 }));
    await settle(store, second!.id, settled());
    const failed = [third, first].map((call) => ({ ...call, settled: REFUSED }));
    expect(await store.failedCalls(5)).toEqual(failed);
    expect(await store.failedCalls(1)).toEqual(failed.slice(0, 1));
    expect(await store.lastCalls()).toEqual({
      answered: { ...fourth, settled: settled({ ms: 3 }) },
      failed: failed[0],
    });
  });

  test('returns each API’s last answer after a moment, and no failure for one', async () => {
    const at = charge().at;
    const calls = [
      charge({ at: at - 5 }),
      charge({ at: at + 1 }),
      charge({ at: at + 2 }),
      charge({ at: at + 3 }),
      charge({ at: at + 4, api: 'another' }),
    ];
    for (const call of calls) await store.chargeCall(call, 10);
    const [before, first, second, third, other] = calls;
    for (const call of [before, first, second, other]) await settle(store, call!.id, settled());
    await settle(store, third!.id, REFUSED);
    const since = await store.answeredSince(at);
    expect([...since].sort()).toEqual(
      [
        [second!.api, at + 2],
        ['another', at + 4],
      ].sort(),
    );
    expect((await store.answeredSince(at + 10)).size).toBe(0);
  });

  test('stores any name of an error', async () => {
    const call = charge();
    await store.chargeCall(call, 10);
    await settle(store, call.id, { ...REFUSED, code: 'a\u0000b\ud800', requestId: 'x'.repeat(10_000) });
    expect((await store.failedCalls(1))[0]?.settled?.code).toMatch(/^a.?b\ufffd$/);
  });

  test('notifies open pages of settlements, not of charges', async () => {
    const call = charge();
    await store.chargeCall(call, 10);
    expect(await store.feedHead()).toBe(0);
    await settle(store, call.id, settled());
    await settle(store, call.id, settled());
    expect(await store.feedAfter(0, 5)).toEqual([{ seq: 1, at: AT + 12, kind: 'service', key: null }]);
  });

  test('sums what was counted or is still open, however charges and settlements mix', async () => {
    const other = await instanceBeside(engine, store);
    const step = fc.record({
      purpose: fc.constantFrom(...CALL_PURPOSES),
      at: fc.integer({ min: AT - 40 * 86_400_000, max: AT }),
      end: fc.constantFrom('open', 'counted', 'uncounted', 'uncounted twice'),
      here: fc.boolean(),
    });
    const steps = fc.array(step, { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 0, max: 15 }), async (all, room) => {
        const before = new Map<string, number>();
        for (const { at } of all) before.set(monthOf(at), (await store.spending(monthOf(at))).total);
        const left = new Map(before);
        await Promise.all(
          all.map(async ({ purpose, at, end, here }) => {
            const [one, two] = here ? [store, other] : [other, store];
            const month = monthOf(at);
            const call = charge({ purpose, at });
            const limit = (before.get(month) ?? 0) + room;
            if (!(await one.chargeCall(call, limit))) return;
            expect((await two.spending(month)).total).toBeLessThanOrEqual(limit);
            if (end === 'open' || end === 'counted') left.set(month, (left.get(month) ?? 0) + 1);
            if (end !== 'open') await settle(two, call.id, settled({ counted: end === 'counted' }));
            if (end === 'uncounted twice') await settle(one, call.id, settled({ counted: false }));
          }),
        );
        for (const { at } of all) {
          const total = left.get(monthOf(at)) ?? 0;
          expect((await store.spending(monthOf(at))).total).toBe(total);
          // The sum of the limit check is the shown one.
          expect(await store.chargeCall(charge({ at }), total)).toBe(false);
        }
      }),
      { numRuns: fuzzRuns(8, 2_000) },
    );
  });

  test('reaches and never exceeds the limit when instances charge concurrently', async () => {
    const other = await instanceBeside(engine, store);
    const answers = await Promise.all([spend(200, 100), spend(200, 100, other)]);
    expect(answers.flat().filter(Boolean)).toHaveLength(100);
    expect((await other.spending(MONTH)).total).toBe(100);
  });

  describe('slots of the rate limit', () => {
    test('follow one another at the rate, across instances', async () => {
      const other = await instanceBeside(engine, store);
      const begun = Date.now();
      const waits = await Promise.all(
        Array.from({ length: 20 }, (_, at) => (at % 2 ? store : other).takePlace('a', 3, 60_000)),
      );
      const spentMs = Date.now() - begun;
      const sorted = waits.map((wait) => wait ?? Number.NaN).sort((one, two) => one - two);
      expect(sorted[0]).toBe(0);
      // Nineteen thirds of a second after the first, minus the time of the requests.
      expect(sorted[19]).toBeLessThanOrEqual(19_000 / 3 + 1);
      expect(sorted[19]).toBeGreaterThanOrEqual(19_000 / 3 - spentMs - 1);
    });

    test('are not reserved when they are too far off', async () => {
      const waits: (number | null)[] = [];
      for (let times = 0; times < 4; times++) waits.push(await store.takePlace('a', 1 / 60, 90_000));
      expect(waits.map((wait) => wait !== null)).toEqual([true, true, false, false]);
      expect(await store.takePlace('a', 1 / 60, 121_000)).toBeGreaterThan(60_000);
    });

    test('of different APIs are independent', async () => {
      await store.takePlace('a', 1 / 60, 0);
      expect(await store.takePlace('a', 1 / 60, 0)).toBeNull();
      expect(await store.takePlace('b', 1 / 60, 0)).toBe(0);
    });

    test('that were not used in time are gone', async () => {
      await store.takePlace('a', 50, 0);
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(await store.takePlace('a', 1 / 60, 0)).toBe(0);
      expect(await store.takePlace('a', 1 / 60, 0)).toBeNull();
    });
  });

  describe('a daily share', () => {
    const DAY = '2026-11-24';
    const asked = (subject: string, unknownId = false, more: Partial<Charge> = {}) =>
      charge({ asker: { subject, unknownId }, ...more });
    const outcomes = (settledAll: PromiseSettledResult<boolean>[]) =>
      settledAll.map((each) => (each.status === 'fulfilled' ? 'charged' : (each.reason as AppError).reason));
    const count = (list: string[], what: string) => list.filter((each) => each === what).length;

    test('is never exceeded, whoever else charges concurrently and on another instance', async () => {
      const other = await instanceBeside(engine, store);
      const all = await Promise.allSettled(
        Array.from({ length: 40 }, (_, at) => (at % 2 ? store : other).chargeCall(asked('anna'), 200)),
      );
      expect(count(outcomes(all), 'charged')).toBe(20);
      expect(count(outcomes(all), 'too-many-questions.daily-share')).toBe(20);
      expect((await store.spending(MONTH)).total, 'a refused call is not counted').toBe(20);
      expect(await store.chargeCall(asked('boris'), 200)).toBe(true);
      expect(await store.spenders(DAY)).toEqual([
        { subject: 'anna', calls: 20, unknownIds: 0 },
        { subject: 'boris', calls: 1, unknownIds: 0 },
      ]);
      expect(await store.spenders(DAY, 'boris')).toMatchObject([{ calls: 1 }]);
    });

    test('is used up until the day ends in China, and renews then', async () => {
      const late = Date.UTC(2026, 10, 24, 15, 59);
      for (let at = 0; at < 20; at += 1) await store.chargeCall(asked('anna', false, { at: late }), 200);
      await expect(store.chargeCall(asked('anna', false, { at: late }), 200)).rejects.toMatchObject({
        reason: 'too-many-questions.daily-share',
        retryAfterSeconds: 60,
        values: { share: '20' },
      });
      expect(await store.chargeCall(asked('anna', false, { at: late + 60_000 }), 200)).toBe(true);
    });

    test('is smaller for IDs that DingTalk does not know, and known ones may still be queried', async () => {
      const calls = Array.from({ length: 5 }, () => asked('anna', true));
      for (const call of calls) await store.chargeCall(call, 200);
      const [first, second] = calls as [Charge, Charge];
      await expect(
        store.chargeCall(asked('anna', true), 200),
        'also while they are under way',
      ).rejects.toMatchObject({
        reason: 'too-many-questions.unknown-ids',
        values: { share: '5' },
      });
      expect(await store.chargeCall(asked('anna'), 200)).toBe(true);
      await settle(store, first.id, settled({}));
      expect(await store.chargeCall(asked('anna', true), 200), 'one of them exists').toBe(true);
      await settle(store, second.id, settled({ status: 400, reason: 'device-not-found.device' }));
      await expect(store.chargeCall(asked('anna', true), 200)).rejects.toThrow();
      expect(await store.spenders(DAY)).toEqual([{ subject: 'anna', calls: 7, unknownIds: 5 }]);
    });

    test('returns what DingTalk does not count, and counts no calls of jobs', async () => {
      const call = asked('anna');
      await store.chargeCall(call, 200);
      await spend(3, 200);
      await settle(store, call.id, settled({ counted: false, reason: 'dingtalk-throttled.rate' }));
      expect(await store.spenders(DAY)).toEqual([]);
    });
  });
});
