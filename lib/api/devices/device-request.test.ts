import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { deviceQuestion } from './device-request.ts';

const refusal = (input: object) => deviceQuestion.safeParse(input).error?.issues[0]?.message;

describe('the device query request', () => {
  test('names a device by exactly one of its ids', () => {
    expect(deviceQuestion.parse({ deviceId: '1234' })).toEqual({
      ref: { by: 'deviceId', id: '1234' },
      insist: false,
    });
    expect(deviceQuestion.parse({ deviceUnionId: 'lmvU', fresh: 'true' })).toEqual({
      ref: { by: 'unionId', id: 'lmvU' },
      insist: true,
    });
  });

  test.each([
    [{}, 'invalid-question.no-id'],
    [{ deviceId: '' }, 'invalid-question.no-id'],
    [{ deviceId: '1', deviceUnionId: 'a' }, 'invalid-question.two-ids'],
    [{ deviceId: '1'.repeat(10_000) }, 'invalid-question.id-length'],
    [{ deviceId: '../1234' }, 'invalid-question.id-characters'],
    [{ deviceId: '12\u000034' }, 'invalid-question.id-characters'],
    [{ deviceId: '1234&x=1' }, 'invalid-question.id-characters'],
  ])('%j is refused with %s', (input, reason) => {
    expect(refusal(input)).toBe(reason);
  });

  test('refuses a repeated parameter and another value for fresh', () => {
    expect(refusal({ deviceId: ['1', '2'] })).toBeDefined();
    expect(refusal({ deviceId: '1', fresh: 'maybe' })).toBeDefined();
  });

  test('an accepted ID can neither leave its place in an address nor forge a log line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (deviceId) => {
        const parsed = deviceQuestion.safeParse({ deviceId });
        if (parsed.success) expect(parsed.data.ref.id).toMatch(/^[\w+=.-]{1,128}$/);
      }),
      { numRuns: fuzzRuns(3_000) },
    );
  });
});
