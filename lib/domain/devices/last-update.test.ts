import { describe, expect, test } from 'vitest';
import { lastUpdateOf } from './last-update.ts';

const checked = { observedAt: '2026-11-24T08:00:00.000Z', ageMs: 3_600_000 };

describe('the last update of a row', () => {
  test('is the check when no later event arrived', () => {
    const update = { at: checked.observedAt, ageMs: 3_600_000, by: 'check' };
    expect(lastUpdateOf({ ...checked, eventAt: null })).toEqual(update);
    expect(lastUpdateOf({ ...checked, eventAt: '2026-11-24T07:59:59.000Z' })).toEqual(update);
  });

  test('is the event when it is newer, with an age that is never negative', () => {
    expect(lastUpdateOf({ ...checked, eventAt: '2026-11-24T08:59:00.000Z' })).toEqual({
      at: '2026-11-24T08:59:00.000Z',
      ageMs: 60_000,
      by: 'event',
    });
    expect(lastUpdateOf({ ...checked, eventAt: '2026-11-24T09:30:00.000Z' })).toMatchObject({ ageMs: 0 });
  });

  test('does not exist for a device without a reading', () => {
    expect(lastUpdateOf({ observedAt: null, ageMs: null, eventAt: null })).toBeNull();
  });
});
