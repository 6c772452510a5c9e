import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJumpingClock } from '#lib/dingtalk/testing/jumping-clock.ts';
import { DEVICES, failure, openScene } from '#lib/dingtalk/testing/scene.ts';
import { createDeadline } from '#lib/dingtalk/transport/deadline.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { createRateLimit } from './rate-limit.ts';

describe('the rate limiter', () => {
  test('lets the allowed number of calls of an API through each second, evenly and in order', async () => {
    const clock = createJumpingClock();
    const limit = createRateLimit(clock, 2);
    const times: number[] = [];
    for (let i = 0; i < 5; i++) {
      await limit.take('a', createDeadline(clock, 10_000));
      times.push(clock.elapsed());
    }
    expect(times).toEqual([0, 500, 1000, 1500, 2000]);
  });

  test('counts each API separately', async () => {
    const clock = createJumpingClock();
    const limit = createRateLimit(clock, 1);
    await limit.take('a', createDeadline(clock, 500));
    await limit.take('b', createDeadline(clock, 500));
    expect(clock.waits).toEqual([]);
  });

  test('refuses immediately what cannot be sent within the time budget, and gives its place to others', async () => {
    const clock = createJumpingClock();
    const limit = createRateLimit(clock, 1);
    const take = (budgetMs: number) => limit.take('a', createDeadline(clock, budgetMs));
    await take(500);
    const error = await failure(take(1_199));
    expect(error.reason).toBe('dingtalk-throttled.own-rate');
    expect(error.retryAfterSeconds).toBe(1);
    expect(clock.waits).toEqual([]);
    await take(1_200);
    expect(clock.elapsed()).toBe(1000);
  });

  test('never lets more calls through in any second, whenever and however many arrive', async () => {
    const arrivals = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 7 }), arrivals, async (perSecond, gaps) => {
        const clock = createJumpingClock();
        const limit = createRateLimit(clock, perSecond);
        const times: number[] = [];
        for (const gap of gaps) {
          clock.advance(gap);
          await limit.take('a', createDeadline(clock, 1e9));
          times.push(clock.elapsed());
        }
        const tooClose = times.filter((time, i) => time - (times[i - perSecond] ?? -1e9) < 1000);
        expect(tooClose).toEqual([]);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  test('a query that would wait too long makes no call', async () => {
    const scene = await openScene({ callsPerSecond: 1 });
    await scene.ask();
    expect((await failure(scene.ask(900))).reason).toBe('dingtalk-throttled.own-rate');
    expect(scene.upstream.count(DEVICES)).toBe(1);
    await scene.ask(2_000);
    expect(scene.clock.waits).toEqual([1000]);
    await scene.close();
  });
});
