import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FLEET_STATES, listedStatus } from '#lib/domain/inventory/fleet.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import {
  CURRENT_FOR_MS,
  currentUntil,
  isCurrent,
  newestEvidence,
  OFFLINE_CURRENT_FOR_MS,
} from './status-currency.ts';

const moment = fc.integer({ min: 0, max: 4_000_000_000_000 });
const reported = fc.constantFrom(
  ...FLEET_STATES.filter((state) => state !== 'removed' && state !== 'not-observed'),
);
const evidence = fc.record({ state: fc.constantFrom(...FLEET_STATES), seenAt: fc.option(moment) });
const lifeOf = (state: string) => (state === 'offline' ? OFFLINE_CURRENT_FOR_MS : CURRENT_FOR_MS);

test('without events a status holds for a day, offline for three hours, and not a millisecond longer', () => {
  expect([CURRENT_FOR_MS, OFFLINE_CURRENT_FOR_MS]).toEqual([24 * 3_600_000, 3 * 3_600_000]);
  fc.assert(
    fc.property(reported, moment, (state, seenAt) => {
      const end = seenAt + lifeOf(state);
      expect(isCurrent({ state, seenAt }, { now: end - 1, vouchedSince: null })).toBe(true);
      expect(isCurrent({ state, seenAt }, { now: end, vouchedSince: null })).toBe(false);
    }),
    { numRuns: fuzzRuns(100) },
  );
});

test('an event transport vouches for evidence from after it opened, however old, and for nothing older', () => {
  fc.assert(
    fc.property(reported, moment, moment, moment, (state, seenAt, vouchedSince, later) => {
      const now = seenAt + lifeOf(state) + later;
      expect(isCurrent({ state, seenAt }, { now, vouchedSince })).toBe(seenAt >= vouchedSince);
    }),
    { numRuns: fuzzRuns(100) },
  );
});

test('a status that is not current never becomes so by waiting', () => {
  fc.assert(
    fc.property(evidence, moment, moment, fc.option(moment), (each, now, later, vouchedSince) => {
      const before = isCurrent(each, { now, vouchedSince });
      const after = isCurrent(each, { now: now + later, vouchedSince });
      expect(after && !before).toBe(false);
    }),
    { numRuns: fuzzRuns(100) },
  );
});

test('a status is current exactly until the moment that is named, unless events vouch for it', () => {
  fc.assert(
    fc.property(evidence, moment, (each, now) => {
      expect(isCurrent(each, { now, vouchedSince: null })).toBe(now < currentUntil(each));
    }),
    { numRuns: fuzzRuns(100) },
  );
});

test('removed and never observed devices have no status that expires', () => {
  for (const state of ['removed', 'not-observed'] as const) {
    const now = Number.MAX_SAFE_INTEGER;
    expect(isCurrent({ state, seenAt: 0 }, { now, vouchedSince: null })).toBe(true);
    expect(listedStatus({ state, current: true })).toBe(state);
  }
});

test('newer evidence never makes a status less current', () => {
  fc.assert(
    fc.property(reported, moment, moment, moment, fc.option(moment), (state, a, b, now, vouchedSince) => {
      const older = isCurrent({ state, seenAt: Math.min(a, b) }, { now, vouchedSince });
      const newer = isCurrent({ state, seenAt: Math.max(a, b) }, { now, vouchedSince });
      expect(older && !newer).toBe(false);
    }),
    { numRuns: fuzzRuns(100) },
  );
});

test('the newest evidence is the newer of check and event', () => {
  expect(newestEvidence(null, null)).toBeNull();
  expect(newestEvidence(5, null)).toBe(5);
  expect(newestEvidence(null, 7)).toBe(7);
  expect(newestEvidence(9, 7)).toBe(9);
});

test('a status that is not current is listed as last known', () => {
  expect(listedStatus({ state: 'offline', current: false })).toBe('last-known');
  expect(listedStatus({ state: 'offline', current: true })).toBe('offline');
});
