import { describe, expect, test } from 'vitest';
import { settleWindow } from './history-window.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOW = 1_000 * DAY;

describe('a history window', () => {
  test('is the last seven days, a given number of days, or a given range', () => {
    expect(settleWindow({}, NOW)).toEqual({ from: NOW - 7 * DAY, to: NOW });
    expect(settleWindow({ days: 30 }, NOW)).toEqual({ from: NOW - 30 * DAY, to: NOW });
    expect(settleWindow({ to: 10 * DAY, days: 1 }, NOW)).toEqual({ from: 9 * DAY, to: 10 * DAY });
    expect(settleWindow({ from: 990 * DAY }, NOW)).toEqual({ from: 990 * DAY, to: NOW });
  });

  test.each([
    { from: NOW },
    { from: NOW + 1 },
    { from: 5, to: 4 },
    { from: NOW - 400 * DAY - 1 },
    { from: NOW - DAY, days: 1 },
    { from: Number.NaN },
  ])('is invalid with %j', (asked) => {
    expect(settleWindow(asked, NOW)).toBeNull();
  });
});
