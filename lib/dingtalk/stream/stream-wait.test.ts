import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError, type ErrorReason } from '#lib/domain/errors.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { streamWait } from './stream-wait.ts';

const reasons = fc.constantFrom<ErrorReason | null>(
  null,
  'dingtalk-unreachable.no-connection',
  'dingtalk-refused.credentials',
  'dingtalk-budget-spent.organisation-quota',
  'internal.internal',
);

test('is never below a second and never above a minute, unless DingTalk demands it', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), reasons, random, (errors, reason, chance) => {
      const wait = streamWait(errors, reason && new AppError(reason), () => chance);
      expect(wait).toBeGreaterThanOrEqual(reason?.startsWith('dingtalk-refused') ? 45_000 : 1_000);
      expect(wait).toBeLessThanOrEqual(60_000);
    }),
    { numRuns: fuzzRuns(100) },
  );
  const banned = new AppError('dingtalk-throttled.banned', { retryAfterSeconds: 300 });
  expect(streamWait(1, banned, () => 0)).toBe(300_000);
});

test('spreads installations that lost their connection together over the whole interval', () => {
  expect(streamWait(5, null, () => 0)).toBe(1_000);
  expect(streamWait(5, null, () => 0.5)).toBe(16_500);
  expect(streamWait(5, null, () => 0.999)).toBeGreaterThan(31_900);
});
