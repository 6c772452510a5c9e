import { describe, expect, test } from 'vitest';
import { itemAt, placeOf, timelineOf } from './timeline.ts';

const at = (ms: number) => new Date(ms).toISOString();
const line = timelineOf({
  window: { from: at(0), to: at(100) },
  spans: [
    { from: at(0), to: at(60), state: 'not-observed', source: null },
    { from: at(60), to: at(90), state: 'idle', source: 'sweep' },
    { from: at(90), to: at(100), state: 'not-observed', source: null },
  ],
  moments: [{ at: at(30), state: 'offline', source: 'look-up' }],
});

describe('a timeline', () => {
  test('has spans and moments in the order of time, and the total of each status', () => {
    expect(line.items.map(({ state, from, to }) => `${state} ${from}-${to}`)).toEqual([
      'not-observed 0-60',
      'offline 30-30',
      'idle 60-90',
      'not-observed 90-100',
    ]);
    expect(line.lasted).toEqual([
      { state: 'not-observed', ms: 70 },
      { state: 'idle', ms: 30 },
      { state: 'offline', ms: 0 },
    ]);
  });

  test('finds by pointer a moment that is near, else the span that is there', () => {
    expect(itemAt(line, 32, 5)?.state).toBe('offline');
    expect(itemAt(line, 32, 1)?.from).toBe(0);
    expect(itemAt(line, 60, 1)?.state).toBe('idle');
    expect(itemAt(line, 100, 1)?.from).toBe(90);
    expect(itemAt(line, -5, 1)?.from).toBe(0);
  });

  test('has a position for every moment of its window', () => {
    expect([-1, 0, 25, 100, 101].map((moment) => placeOf(line, moment))).toEqual([0, 0, 25, 100, 100]);
  });
});
