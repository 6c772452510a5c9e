import { expect, test } from 'vitest';
import { LISTED_STATUSES } from '#lib/domain/inventory/fleet.ts';
import { severityRank, worstOf } from './worst-first.ts';

test('every status has its own rank', () => {
  const ranks = LISTED_STATUSES.map(severityRank);
  expect(Math.min(...ranks)).toBe(0);
  expect(new Set(ranks).size).toBe(LISTED_STATUSES.length);
});

test('the worst of several statuses is the most severe', () => {
  expect(worstOf(['idle', 'offline', 'in-meeting'])).toBe('offline');
  expect(worstOf(['removed', 'idle'])).toBe('idle');
  expect(worstOf(['removed', 'last-known'])).toBe('last-known');
  expect(worstOf(['last-known', 'idle'])).toBe('idle');
  expect(worstOf(LISTED_STATUSES)).toBe('offline');
  expect(worstOf([])).toBeNull();
});
