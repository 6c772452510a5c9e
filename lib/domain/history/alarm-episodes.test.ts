import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { alarmEpisodes } from './alarm-episodes.ts';
import type { AlarmMark } from './status-mark.ts';

const mark = (at: number, status: AlarmMark['status'], said: Partial<AlarmMark> = {}): AlarmMark => ({
  at,
  rule: 'offline',
  status,
  level: 'normal',
  description: null,
  ...said,
});

describe('alarm episodes', () => {
  test('begin when they open, are acknowledged, and end when they are resolved', () => {
    const marks = [mark(30, 'resolved'), mark(10, 'open', { description: 'dark' }), mark(20, 'processing')];
    expect(alarmEpisodes(marks)).toEqual([
      { rule: 'offline', level: 'normal', description: 'dark', from: 10, to: 30, processingAt: 20 },
    ]);
  });

  test('stay open until they are resolved', () => {
    expect(alarmEpisodes([mark(10, 'open'), mark(12, 'open'), mark(15, 'unknown')])).toMatchObject([
      { from: 10, to: null },
    ]);
  });

  test('have an unknown beginning when only their end was received', () => {
    expect(alarmEpisodes([mark(30, 'resolved')])).toMatchObject([{ from: null, to: 30 }]);
    expect(alarmEpisodes([mark(20, 'processing')])).toMatchObject([
      { from: null, to: null, processingAt: 20 },
    ]);
  });

  test('follow each other and are distinguished by their rule', () => {
    const marks = [
      mark(10, 'open'),
      mark(11, 'open', { rule: 'camera', level: 'serious' }),
      mark(20, 'resolved'),
      mark(30, 'open', { level: 'serious' }),
      mark(40, 'resolved', { level: 'unknown' }),
    ];
    expect(alarmEpisodes(marks)).toMatchObject([
      { rule: 'offline', from: 10, to: 20 },
      { rule: 'offline', from: 30, to: 40, level: 'serious' },
      { rule: 'camera', from: 11, to: null, level: 'serious' },
    ]);
  });

  test('are the same in whatever order and however often events arrive', () => {
    const marks = fc.array(
      fc.record<AlarmMark>({
        at: fc.nat({ max: 30 }),
        rule: fc.constantFrom('offline', 'camera'),
        status: fc.constantFrom('open', 'processing', 'resolved', 'unknown'),
        level: fc.constantFrom('normal', 'serious', 'unknown'),
        description: fc.constantFrom(null, 'a', 'b'),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(
        marks.chain((overrides) =>
          fc.tuple(
            fc.constant(overrides),
            fc.shuffledSubarray([...overrides, ...overrides], { minLength: overrides.length * 2 }),
          ),
        ),
        ([overrides, again]) => {
          const episodes = alarmEpisodes(overrides);
          expect(alarmEpisodes(again)).toEqual(episodes);
          for (const { from, to } of episodes) expect((to ?? 1e9) - (from ?? -1)).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: fuzzRuns(500) },
    );
  });
});
