import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import {
  areEventsSilent,
  decideQuery,
  NEGATIVE_ANSWER_KEPT_MS,
  type QueryFacts,
  watchedSince,
} from './query-decision.ts';

const NOW = 1_000_000_000;
const MINUTE = 60_000;

/** A stale reading of one's own, nothing that spares a call. */
const STALE: QueryFacts = {
  observedAt: NOW - 5 * MINUTE,
  isOwn: true,
  access: 'granted',
  insist: false,
  mayAsk: true,
  now: NOW,
  notBefore: NOW - MINUTE,
  vouched: false,
  shortage: null,
  absentAt: null,
  refusedAt: null,
};
const decide = (given: Partial<QueryFacts>) => decideQuery({ ...STALE, ...given });
const SHORT = 'dingtalk-budget-spent.running-short' as const;
const unknown = { observedAt: null, isOwn: false, access: 'unasked' } as const;

const moment = fc.option(fc.integer({ min: NOW - 20 * MINUTE, max: NOW + MINUTE }), { nil: null });
const anyFacts: fc.Arbitrary<QueryFacts> = fc.record({
  observedAt: moment,
  isOwn: fc.boolean(),
  access: fc.constantFrom('granted', 'refused', 'unasked'),
  insist: fc.boolean(),
  mayAsk: fc.boolean(),
  now: fc.constant(NOW),
  notBefore: fc.constantFrom(NOW, NOW - MINUTE),
  vouched: fc.boolean(),
  shortage: fc.constantFrom(null, SHORT, 'dingtalk-budget-spent.own-limit'),
  absentAt: moment,
  refusedAt: moment,
});
const always = (holds: (facts: QueryFacts) => boolean) =>
  fc.assert(fc.property(anyFacts, holds), { numRuns: fuzzRuns(5_000) });

describe('a query that is not forced', () => {
  test('makes no call while events confirm the data or the month runs short', () => {
    always((facts) => {
      if (facts.insist || (facts.shortage === null && !(facts.vouched && facts.observedAt !== null)))
        return true;
      return decideQuery(facts).kind !== 'query';
    });
  });

  test.each<[string, Partial<QueryFacts>, object]>([
    ['is made when the reading is stale', {}, { kind: 'query' }],
    ['is made for an unknown device', unknown, { kind: 'query' }],
    ['is answered by a fresh reading', { observedAt: NOW - 1 }, { kind: 'answer' }],
    [
      'is made in spite of another person’s fresh reading',
      { observedAt: NOW - 1, isOwn: false, access: 'unasked' },
      { kind: 'query' },
    ],
    ['is answered while events confirm the data', { vouched: true }, { kind: 'answer' }],
    ['is made in spite of a reading from the future', { observedAt: NOW + MINUTE }, { kind: 'query' }],
    ['returns known data while the month runs short', { shortage: SHORT }, { kind: 'known', reason: SHORT }],
    [
      'says so in a short month when nothing is known',
      { ...unknown, shortage: SHORT },
      { kind: 'refuse', reason: SHORT },
    ],
    [
      'shows what is known to who may not ask',
      { mayAsk: false },
      { kind: 'known', reason: 'not-permitted.live-question' },
    ],
    [
      'needs no reason for them while events vouch for it',
      { mayAsk: false, vouched: true },
      { kind: 'answer' },
    ],
  ])('%s', (_, given, decision) => {
    expect(decide(given)).toEqual(decision);
  });

  test('is answered by a negative answer for ten minutes, unless a reading is newer', () => {
    const absent = { kind: 'refuse', reason: 'device-not-found.device' };
    const refused = { kind: 'refuse', reason: 'dingtalk-refused.operator' };
    const lately = NOW - NEGATIVE_ANSWER_KEPT_MS + 1;
    expect(decide({ ...unknown, absentAt: lately })).toEqual(absent);
    expect(decide({ ...unknown, refusedAt: lately })).toEqual(refused);
    expect(decide({ absentAt: NOW - MINUTE })).toEqual(absent);
    expect(decide({ access: 'refused', refusedAt: NOW - MINUTE })).toMatchObject({ kind: 'known' });
    for (const at of [lately - 1, NOW + 1]) {
      expect(decide({ ...unknown, absentAt: at, refusedAt: at })).toEqual({ kind: 'query' });
    }
    const before = NOW - 6 * MINUTE;
    expect(decide({ absentAt: before, refusedAt: before })).toEqual({ kind: 'query' });
  });
});

describe('any query', () => {
  test('is never made for a role that may not spend calls', () => {
    always((facts) => facts.mayAsk || decideQuery(facts).kind !== 'query');
  });

  test('is made when forced and permitted, unless an answer has just arrived', () => {
    always((facts) => {
      const { kind } = decideQuery({ ...facts, insist: true, mayAsk: true });
      return kind === 'query' || (kind === 'answer' && (facts.observedAt ?? 0) > facts.notBefore);
    });
  });

  test('returns data only where DingTalk has not refused it', () => {
    always((facts) => {
      const { kind } = decideQuery(facts);
      if (kind === 'known') return facts.observedAt !== null;
      return kind !== 'answer' || (facts.observedAt !== null && facts.access !== 'refused');
    });
  });

  test('needs nothing but the age where that decides', () => {
    const bare = { vouched: false, shortage: null, absentAt: null, refusedAt: null };
    always((facts) => {
      const byAge = decideQuery({ ...facts, ...bare });
      return byAge.kind !== 'answer' || decideQuery(facts).kind === 'answer';
    });
  });
});

test('an interval is observed when events arrived from its beginning until now', () => {
  const watches = [
    { from: 100, to: 200 },
    { from: 300, to: 500 },
  ];
  expect(watchedSince(watches, 500)).toBe(300);
  expect(watchedSince(watches, 300)).toBe(300);
  expect(watchedSince(watches, 150)).toBe(100);
  expect(watchedSince(watches, 299)).toBeNull();
  expect(watchedSince(watches, 501)).toBeNull();
});

test('events are unreliable when checks find significantly more changes than events report', () => {
  expect(areEventsSilent({ agreed: 1, missed: 3 })).toBe(true);
  expect(areEventsSilent({ agreed: 0, missed: 2 })).toBe(false);
  expect(areEventsSilent({ agreed: 9, missed: 8 })).toBe(false);
});
