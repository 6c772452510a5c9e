import { describe, expect, test } from 'vitest';
import { historyQuestion } from './history-request.ts';

const read = (input: object) => historyQuestion.safeParse({ deviceId: '1234', ...input });

describe('the history request', () => {
  test('gives moments with their zone, or days', () => {
    expect(read({}).data).toEqual({ deviceId: '1234', window: {} });
    expect(read({ from: '2026-11-01', to: '2026-11-02T08:00:00+08:00' }).data?.window).toEqual({
      from: Date.parse('2026-11-01T00:00:00Z'),
      to: Date.parse('2026-11-02T00:00:00Z'),
    });
    expect(read({ days: '30' }).data?.window).toEqual({ days: 30 });
  });

  test.each([
    { from: 'yesterday' },
    { from: '2026-11-01T08:00:00' },
    { from: '2026-02-30' },
    { to: ['2026-11-01', '2026-11-02'] },
    { days: '0' },
    { days: '401' },
    { days: '1.5' },
    { since: '2026-11-01' },
    { deviceId: '../x' },
  ])('is refused with %j', (input) => {
    expect(read(input).success).toBe(false);
  });
});
