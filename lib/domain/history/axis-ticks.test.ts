import { afterEach, describe, expect, test, vi } from 'vitest';
import { axisTicks } from './axis-ticks.ts';

afterEach(() => vi.unstubAllEnvs());

const ticks = (from: string, to: string, most = 8) =>
  axisTicks(Date.parse(from), Date.parse(to), most).map(
    ({ at, day }) => `${new Date(at).toISOString().slice(5, 16)}${day ? ' day' : ''}`,
  );

describe('the ticks of a time axis', () => {
  test('are the days of a week, and hours of a day', () => {
    vi.stubEnv('TZ', 'UTC');
    expect(ticks('2026-11-17T10:00:00Z', '2026-11-24T10:00:00Z')).toEqual(
      [18, 19, 20, 21, 22, 23, 24].map((day) => `11-${day}T00:00 day`),
    );
    expect(ticks('2026-11-23T10:00:00Z', '2026-11-24T10:00:00Z')).toEqual([
      '11-23T12:00',
      '11-23T15:00',
      '11-23T18:00',
      '11-23T21:00',
      '11-24T00:00 day',
      '11-24T03:00',
      '11-24T06:00',
      '11-24T09:00',
    ]);
  });

  test('are never more than there is room for', () => {
    vi.stubEnv('TZ', 'UTC');
    for (const days of [0.01, 0.5, 1, 2, 3, 7, 14, 30, 60, 90, 399, 400]) {
      const to = Date.parse('2026-11-24T10:00:00Z');
      for (const most of [3, 8]) {
        const found = axisTicks(to - days * 86_400_000, to, most);
        expect(found.length).toBeLessThanOrEqual(most);
        expect(found.length).toBeGreaterThan(days < 1 ? -1 : 0);
      }
    }
  });

  test('are the reader’s own midnights, also where a day has 23 or 25 hours', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    expect(ticks('2026-03-27T23:00:00Z', '2026-03-30T22:00:00Z', 4)).toEqual([
      '03-27T23:00 day',
      '03-28T23:00 day',
      '03-29T22:00 day',
    ]);
    const autumn = ticks('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 30);
    expect(new Set(autumn).size).toBe(autumn.length);
  });
});
