import { afterEach, describe, expect, test, vi } from 'vitest';
import { historyParams, readHistoryView, viewOfDays, withHistoryView } from './history-address.ts';

afterEach(() => vi.unstubAllEnvs());

const read = (text: string) => readHistoryView(new URLSearchParams(text));

describe('the address of a history', () => {
  test.each([
    ['', { days: 7 }],
    ['days=30', { days: 30 }],
    ['days=0', { days: 7 }],
    ['days=401', { days: 7 }],
    ['days=x', { days: 7 }],
    ['days=1.5', { days: 7 }],
    ['from=2026-11-01&to=2026-11-02', { from: '2026-11-01', to: '2026-11-02' }],
    ['from=2026-11-01', { days: 7 }],
    ['from=x&to=y&days=30', { days: 30 }],
  ])('%j is %j', (address, view) => {
    expect(read(address)).toEqual(view);
  });

  test('changes its window and keeps the rest', () => {
    const params = new URLSearchParams('days=30&tab=raw');
    expect(withHistoryView(params, { days: 7 }).toString()).toBe('tab=raw&days=7');
    expect(withHistoryView(params, { days: 90 }).toString()).toBe('tab=raw&days=90');
    expect(withHistoryView(params, { from: 'a', to: 'b' }).toString()).toBe('tab=raw&from=a&to=b');
    expect(historyParams({ days: 7 }).toString()).toBe('days=7');
  });

  test('covers whole days of the reader’s calendar, including the last one', () => {
    vi.stubEnv('TZ', 'Asia/Shanghai');
    expect(viewOfDays('2026-11-01', '2026-11-30')).toEqual({
      from: '2026-10-31T16:00:00.000Z',
      to: '2026-11-30T16:00:00.000Z',
    });
    expect(viewOfDays('', '2026-11-30')).toBeNull();
  });
});
