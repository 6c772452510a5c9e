import { describe, expect, test } from 'vitest';
import { newSilence, ruleToMake } from './alert-requests.ts';

const scope = { everything: true };
const rule = (codes: string[]) => ({
  name: 'Offline',
  on: true,
  which: { codes },
  scope,
  raiseAfterSeconds: 300,
  resolveAfterSeconds: 120,
  channelIds: ['00000000-0000-4000-8000-000000000001'],
});

describe('issue codes of a rule and of a silence', () => {
  test.each([
    [['offline'], ['offline']],
    [['offline-with-neighbours'], ['offline']],
    [
      ['offline', 'offline-while-controller-works', 'alarm-open'],
      ['offline', 'alarm-open'],
    ],
    [
      ['stale', 'offline-with-neighbours', 'offline'],
      ['stale', 'offline'],
    ],
  ])('%j select the causes %j', (codes, causes) => {
    expect(ruleToMake.parse(rule(codes)).which).toEqual({ codes: causes });
    const when = { kind: 'once', from: '2026-11-30T00:00:00Z', until: '2026-12-01T00:00:00Z' };
    expect(newSilence.parse({ scope, codes, when, reason: 'x' }).codes).toEqual(causes);
  });

  test.each([[[]], [['nonsense']]])('%j are refused', (codes) => {
    expect(ruleToMake.safeParse(rule(codes)).success).toBe(false);
  });
});
