import { expect, test } from 'vitest';
import { FLEET_STATES } from '#lib/domain/inventory/fleet.ts';
import { severityRank, worstOf } from './worst-first.ts';

test('every status has its own rank', () => {
  const ranks = FLEET_STATES.map(severityRank);
  expect(Math.min(...ranks)).toBe(0);
  expect(new Set(ranks).size).toBe(FLEET_STATES.length);
});

test('the worst of several statuses is the most severe', () => {
  expect(worstOf(['idle', 'offline', 'in-meeting'])).toBe('offline');
  expect(worstOf(['removed', 'idle'])).toBe('idle');
  expect(worstOf(FLEET_STATES)).toBe('offline');
  expect(worstOf([])).toBeNull();
});
