import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FLEET_STATES } from '#lib/domain/inventory/fleet.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { MARK_SOURCES, type StatusMark, type Watch } from './status-mark.ts';
import { missesOf, momentsOf, SPAN_REACH_MS, spansOf, uptimeOf } from './status-spans.ts';

const MINUTE = 60_000;

const mark = (minute: number, state: StatusMark['state'], source: StatusMark['source'] = 'sweep') => ({
  at: minute * MINUTE,
  state,
  source,
});
const watch = (from: number, to: number): Watch => ({ from: from * MINUTE, to: to * MINUTE });

/** An hour in words: "idle 0-15, not-observed 15-60". */
function hour(marks: StatusMark[], watches: Watch[] = [], { from = 0, to = 60, now = 60 } = {}): string {
  const spans = spansOf({ marks, watches, from: from * MINUTE, to: to * MINUTE, now: now * MINUTE });
  return spans.map((span) => `${span.state} ${span.from / MINUTE}-${span.to / MINUTE}`).join(', ');
}

function ticks(marks: StatusMark[], watches: Watch[] = []): string {
  const question = { marks, watches, from: 0, to: 60 * MINUTE, now: 60 * MINUTE };
  return momentsOf(question, spansOf(question))
    .map(({ state, at }) => `${state} ${at / MINUTE}`)
    .join(', ');
}

describe('readings alone', () => {
  test('form a span when they agree and are close together', () => {
    expect(hour([mark(0, 'idle'), mark(15, 'idle')])).toBe('idle 0-15, not-observed 15-60');
    expect(hour([mark(0, 'idle'), mark(15.01, 'idle')])).toBe('not-observed 0-60');
  });

  test('leave a gap where they differ, because the moment of change is unknown', () => {
    expect(hour([mark(0, 'idle'), mark(5, 'idle'), mark(10, 'offline'), mark(20, 'offline')])).toBe(
      'idle 0-5, not-observed 5-10, offline 10-20, not-observed 20-60',
    );
  });

  test('that stand alone are moments, and moments count in no sum', () => {
    const marks = [mark(5, 'idle'), mark(30, 'offline'), mark(50, 'idle'), mark(55, 'idle')];
    expect(hour(marks)).toBe('not-observed 0-50, idle 50-55, not-observed 55-60');
    expect(ticks(marks)).toBe('idle 5, offline 30');
    expect(ticks([mark(-1, 'idle'), mark(61, 'idle')])).toBe('');
    expect(ticks([mark(0, 'idle'), mark(60, 'removed')])).toBe('idle 0, removed 60');
  });

  test('of one moment count once, a manual refresh before a scheduled check', () => {
    expect(hour([mark(0, 'idle'), mark(5, 'offline', 'look-up'), mark(5, 'idle'), mark(10, 'offline')])).toBe(
      'not-observed 0-5, offline 5-10, not-observed 10-60',
    );
  });
});

describe('events', () => {
  test('give the moment of a change, and their absence that nothing changed', () => {
    const marks = [mark(0, 'idle'), mark(40, 'offline', 'event')];
    expect(hour(marks, [watch(0, 60)])).toBe('idle 0-40, offline 40-60');
    expect(hour([mark(0, 'idle'), mark(50, 'idle')], [watch(0, 60)])).toBe('idle 0-60');
  });

  test('missed a change at an unknown moment when a reading contradicts their absence', () => {
    const marks = [mark(0, 'idle'), mark(40, 'offline')];
    expect(hour(marks, [watch(0, 60)])).toBe('not-observed 0-40, offline 40-60');
    expect(ticks(marks, [watch(0, 60)])).toBe('idle 0');
  });

  test('mean nothing where they were not received', () => {
    const marks = [mark(0, 'idle'), mark(40, 'offline', 'event')];
    expect(hour(marks)).toBe('not-observed 0-60');
    expect(hour(marks, [watch(10, 60)])).toBe('not-observed 0-40, offline 40-60');
    expect(hour(marks, [watch(0, 39)])).toBe('idle 0-39, not-observed 39-60');
    expect(hour(marks, [watch(0, 20), watch(21, 60)])).toBe('idle 0-20, not-observed 20-40, offline 40-60');
  });

  test('are observed without a break when two intervals touch', () => {
    expect(hour([mark(0, 'idle'), mark(40, 'offline', 'event')], [watch(20, 60), watch(0, 20)])).toBe(
      'idle 0-40, offline 40-60',
    );
  });

  test('at the moment of a reading give the change, and the reading its result', () => {
    const marks = [mark(0, 'idle'), mark(40, 'offline', 'event'), mark(40, 'offline')];
    expect(hour(marks, [watch(0, 60)])).toBe('idle 0-40, offline 40-60');
    expect(hour([...marks, mark(40, 'casting', 'look-up')], [watch(0, 60)])).toBe('idle 0-40, casting 40-60');
  });

  test('that end an alarm give a status that only an offline reading contradicts', () => {
    const marks = [mark(0, 'offline', 'event'), mark(20, 'unknown', 'event')];
    expect(hour([...marks, mark(40, 'idle')], [watch(0, 60)])).toBe(
      'offline 0-20, unknown 20-40, idle 40-60',
    );
    expect(hour([...marks, mark(40, 'offline')], [watch(0, 60)])).toBe(
      'offline 0-20, not-observed 20-40, offline 40-60',
    );
  });

  test('that arrive late change the past, not the present', () => {
    const marks = [mark(0, 'idle'), mark(50, 'idle', 'event'), mark(20, 'in-meeting', 'event')];
    expect(hour(marks, [watch(0, 60)])).toBe('idle 0-20, in-meeting 20-50, idle 50-60');
  });
});

describe('a window', () => {
  test('begins with the status before it', () => {
    expect(hour([mark(-30, 'idle'), mark(20, 'offline', 'event')], [watch(-60, 60)])).toBe(
      'idle 0-20, offline 20-60',
    );
    expect(hour([mark(-30, 'idle')])).toBe('not-observed 0-60');
  });

  test('ends with the status after it', () => {
    expect(hour([mark(55, 'idle'), mark(65, 'idle')], [], { now: 100 })).toBe(
      'not-observed 0-55, idle 55-60',
    );
  });

  test('has no data about the future, also with a clock that was ahead', () => {
    const ahead = [mark(0, 'idle'), mark(45, 'idle', 'event')];
    expect(hour(ahead, [watch(0, 60)], { now: 40 })).toBe('idle 0-40, not-observed 40-60');
    expect(hour(ahead, [watch(0, 60)], { now: -5 })).toBe('not-observed 0-60');
  });

  test('keeps how the beginning of a span was learned', () => {
    const marks = [mark(0, 'idle', 'look-up'), mark(10, 'idle'), mark(12, 'idle', 'event')];
    const [first, gap] = spansOf({ marks, watches: [], from: 0, to: 60 * MINUTE, now: 60 * MINUTE });
    expect(first).toMatchObject({ to: 12 * MINUTE, source: 'look-up' });
    expect(gap).toMatchObject({ state: 'not-observed', source: null });
  });
});

describe('for any marks', () => {
  const time = fc.integer({ min: -50, max: 150 });
  const marks = fc.array(
    fc.record({
      at: time.map((at) => at * 5 * MINUTE),
      state: fc.constantFrom(...FLEET_STATES.filter((state) => state !== 'not-observed')),
      source: fc.constantFrom(...MARK_SOURCES),
    }),
    { maxLength: 40 },
  );
  const watches = fc.array(
    fc.tuple(time, fc.nat({ max: 80 })).map(([from, length]) => watch(from * 5, (from + length) * 5)),
    { maxLength: 4 },
  );
  const facts = fc.record({
    marks,
    watches,
    now: time.map((at) => at * 5 * MINUTE),
    seed: fc.infiniteStream(fc.nat()),
  });
  const window = { from: 0, to: 500 * MINUTE };

  test('spans follow each other and add up to the window, in any order and with any repetition', () => {
    fc.assert(
      fc.property(facts, ({ seed, ...given }) => {
        const question = { ...given, ...window };
        const spans = spansOf(question);
        const ends = [window.from, ...spans.map(({ to }) => to)];
        expect(spans.map(({ from }) => from)).toEqual(ends.slice(0, -1));
        expect(ends.at(-1)).toBe(window.to);
        for (const { from, to, state, source } of spans) {
          expect(to).toBeGreaterThan(from);
          expect(source === null).toBe(state === 'not-observed');
          if (state !== 'not-observed') expect(to).toBeLessThanOrEqual(given.now);
        }
        const sums = uptimeOf(spans);
        expect(sums.windowMs).toBe(window.to - window.from);
        expect(sums.onlineMs).toBeLessThanOrEqual(sums.observedMs);
        const shuffled = (list: StatusMark[]) =>
          [...list, ...list.filter(() => (seed.next().value ?? 0) % 2 === 0)]
            .map((each) => ({ each: { ...each }, place: seed.next().value ?? 0 }))
            .sort((a, b) => a.place - b.place)
            .map(({ each }) => each);
        const again = { ...question, marks: shuffled(given.marks), watches: given.watches.toReversed() };
        expect(spansOf(again)).toEqual(spans);
        expect(momentsOf(again, spans)).toEqual(momentsOf(question, spans));
        expect(missesOf(again.marks, again.watches)).toEqual(missesOf(given.marks, given.watches));
      }),
      { numRuns: fuzzRuns(1_000) },
    );
  });

  test('every mark of the window appears, in a span or as a moment', () => {
    fc.assert(
      fc.property(facts, ({ marks: given, watches: open }) => {
        const question = { marks: given, watches: open, ...window, now: window.to };
        const spans = spansOf(question);
        const moments = momentsOf(question, spans);
        const lookUps = given.filter(({ source, at }) => source === 'look-up' && at >= 0 && at <= window.to);
        for (const { at, state } of lookUps) {
          const rivals = lookUps.some((other) => other.at === at && other.state !== state);
          const inSpan = spans.some((span) => span.state === state && span.from <= at && at <= span.to);
          const asMoment = moments.some((moment) => moment.at === at && moment.state === state);
          expect(inSpan || asMoment || rivals).toBe(true);
        }
      }),
      { numRuns: fuzzRuns(100) },
    );
  });
});

describe('the reliability of events', () => {
  test('is how often readings found what events predicted', () => {
    const marks = [
      mark(0, 'idle', 'event'),
      mark(10, 'idle'),
      mark(20, 'offline'),
      mark(30, 'idle', 'event'),
    ];
    expect(missesOf(marks, [watch(0, 60)])).toEqual({ agreed: 1, missed: 1 });
    expect(missesOf(marks, [watch(0, 60)], 15 * MINUTE)).toEqual({ agreed: 0, missed: 1 });
    expect(missesOf(marks, [watch(0, 15)])).toEqual({ agreed: 1, missed: 0 });
    expect(missesOf(marks, [])).toEqual({ agreed: 0, missed: 0 });
  });

  test('does not suffer from what no event reports', () => {
    const removed = [mark(0, 'idle', 'event'), mark(10, 'removed'), mark(20, 'idle')];
    expect(missesOf(removed, [watch(0, 60)])).toEqual({ agreed: 0, missed: 0 });
    const back = [mark(0, 'unknown', 'event'), mark(10, 'idle')];
    expect(missesOf(back, [watch(0, 60)])).toEqual({ agreed: 0, missed: 0 });
    expect(missesOf([mark(0, 'unknown', 'event'), mark(10, 'offline')], [watch(0, 60)])).toEqual({
      agreed: 0,
      missed: 1,
    });
  });
});

test('calculates uptime from observed time', () => {
  const spans = spansOf({
    marks: [mark(0, 'idle'), mark(30, 'offline', 'event'), mark(45, 'removed', 'event')],
    watches: [watch(0, 50)],
    from: 0,
    to: 60 * MINUTE,
    now: 60 * MINUTE,
  });
  expect(uptimeOf(spans)).toEqual({
    windowMs: 60 * MINUTE,
    observedMs: 50 * MINUTE,
    onlineMs: 30 * MINUTE,
  });
  expect(SPAN_REACH_MS).toBe(15 * MINUTE);
});
