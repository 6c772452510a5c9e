import { describe, expect, test, vi } from 'vitest';
import type { SilenceTime } from './alert.ts';
import { isOver, isSilencedAt, isZone } from './silence-time.ts';

const weekly = (days: number[], from: string, to: string, zone = 'Asia/Shanghai'): SilenceTime => ({
  kind: 'weekly',
  days,
  from,
  to,
  zone,
});
const at = (text: string) => Date.parse(text);

describe('a recurring silence', () => {
  test.each([
    ['2026-11-30T22:00:00+08:00', true],
    ['2026-11-30T21:59:59+08:00', false],
    ['2026-12-01T00:00:00+08:00', true],
    ['2026-12-01T05:59:59+08:00', true],
    ['2026-12-01T06:00:00+08:00', false],
    ['2026-12-01T22:00:00+08:00', false],
  ])('from Monday evening to Tuesday morning, at %s: %s', (moment, silence) => {
    expect(isSilencedAt(weekly([1], '22:00', '06:00'), at(moment))).toBe(silence);
  });

  test.each([
    ['2026-11-29T23:30:00+08:00', true],
    ['2026-11-30T01:00:00+08:00', true],
    ['2026-11-30T02:00:00+08:00', false],
  ])('from Sunday into the next week, at %s: %s', (moment, silence) => {
    expect(isSilencedAt(weekly([7], '23:00', '02:00'), at(moment))).toBe(silence);
  });

  test('for a whole day where both times are the same', () => {
    const day = weekly([6], '00:00', '00:00');
    expect(isSilencedAt(day, at('2026-11-28T00:00:00+08:00'))).toBe(true);
    expect(isSilencedAt(day, at('2026-11-28T23:59:59+08:00'))).toBe(true);
    expect(isSilencedAt(day, at('2026-11-29T00:00:00+08:00'))).toBe(false);
  });

  test('follows the local clock when it is changed', () => {
    const night = weekly([1, 2, 3, 4, 5, 6, 7], '22:00', '06:00', 'Europe/Berlin');
    expect(isSilencedAt(night, at('2026-07-01T20:00:00Z'))).toBe(true);
    expect(isSilencedAt(night, at('2026-12-01T20:00:00Z'))).toBe(false);
    expect(isSilencedAt(night, at('2026-12-01T21:00:00Z'))).toBe(true);
  });

  test.each([
    [9, false, false],
    [10, true, false],
    [19, true, false],
    [20, false, true],
  ])('that happens once, at %i: %s', (now, silence, over) => {
    const once = { kind: 'once', from: 10, until: 20 } as const;
    expect(isSilencedAt(once, now)).toBe(silence);
    expect(isOver(once, now)).toBe(over);
  });

  test('accepts the time zones that IANA names', () => {
    expect(['Asia/Shanghai', 'UTC', 'Mars/Olympus', ''].map(isZone)).toEqual([true, true, false, false]);
  });

  test('creates a zone’s formatter once however it is spelled, and keeps those of few zones', () => {
    const made = vi.spyOn(Intl, 'DateTimeFormat');
    try {
      expect(['Asia/Tokyo', 'asia/tokyo', 'ASIA/TOKYO', 'Asia/Tokyo'].every(isZone)).toBe(true);
      expect(made).toHaveBeenCalledTimes(1);
      for (let minute = 10; minute < 60; minute += 1) {
        for (const sign of ['+', '-', '+1', '-1']) {
          expect(isZone(`${sign}${sign.length === 1 ? '01' : '0'}:${minute}`)).toBe(true);
        }
      }
      made.mockClear();
      expect(isZone('Asia/Tokyo')).toBe(true);
      expect(made).toHaveBeenCalledTimes(1);
    } finally {
      made.mockRestore();
    }
  });
});
