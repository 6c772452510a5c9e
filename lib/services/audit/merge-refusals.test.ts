import { beforeEach, describe, expect, test } from 'vitest';
import type { AuditEntry } from '#lib/domain/audit/audit.ts';
import { entry } from '#lib/testing/audit.ts';
import { manualClock } from '#lib/testing/clocks/manual-clock.ts';
import { createRefusalMerger, MERGE_WINDOW_MS, MOST_GROUPS, VARIOUS } from './merge-refusals.ts';

const NO_ONE = { subject: null, name: null, role: null };
let clock: ReturnType<typeof manualClock>;
let written: AuditEntry[];
let merger: ReturnType<typeof createRefusalMerger>;
beforeEach(() => {
  clock = manualClock(Date.UTC(2026, 0, 5, 8));
  written = [];
  merger = createRefusalMerger(clock, (each) => written.push(each));
});

const refuse = (given: Partial<AuditEntry> = {}) =>
  merger.add(
    entry({
      at: clock.now(),
      action: 'sign-in-refused',
      outcome: 'refused',
      target: null,
      about: 'code',
      who: NO_ONE,
      address: '192.0.2.7',
      ...given,
    }),
  );
const abouts = () => written.map(({ about }) => about);

describe('repeated refusals', () => {
  test('are one entry at once and one summary with the count and both ends of the window', async () => {
    refuse();
    await clock.pass(1_000);
    for (let again = 0; again < 149; again += 1) refuse({ requestId: `${again}` });
    expect(abouts()).toEqual(['code']);
    await clock.pass(MERGE_WINDOW_MS);
    const summary = 'code&repeated=149&since=2026-01-05T08:00:01.000Z&until=2026-01-05T08:00:01.000Z';
    expect(abouts()).toEqual(['code', summary]);
    expect(written[1]).toMatchObject({ action: 'sign-in-refused', outcome: 'refused', address: '192.0.2.7' });
    expect(written[1]?.requestId).toBeNull();
    await clock.pass(10 * MERGE_WINDOW_MS);
    expect(written).toHaveLength(2);
  });

  test('that continue are one summary for each window, and a new first entry after a pause', async () => {
    for (let minute = 0; minute < 60; minute += 1) {
      refuse();
      await clock.pass(60_000);
    }
    expect(written.length).toBeLessThanOrEqual(8);
    await clock.pass(2 * MERGE_WINDOW_MS);
    const counts = abouts().map((about) => Number(/repeated=(\d+)/.exec(about ?? '')?.[1] ?? 1));
    expect(counts.reduce((sum, count) => sum + count)).toBe(60);
    const before = written.length;
    refuse();
    expect(written).toHaveLength(before + 1);
    expect(written.at(-1)?.about).toBe('code');
  });

  test.each([
    ['action', { action: 'token-refused' }],
    ['person', { who: { ...NO_ONE, subject: 'oidc:a' } }],
    ['address', { address: '192.0.2.8' }],
    ['reason', { about: 'state' }],
    ['target', { target: { kind: 'token', id: 'a' } }],
  ] as const)('of another %s are counted separately', async (_, other) => {
    for (const given of [{}, other, {}, other]) refuse(given);
    expect(written).toHaveLength(2);
    await clock.pass(MERGE_WINDOW_MS);
    expect(written).toHaveLength(4);
  });

  test('of ever new sources fill neither the log nor memory: above a limit they are counted as one', async () => {
    const attempts = 10_000;
    for (let each = 0; each < attempts; each += 1) refuse({ address: `2001:db8::${each.toString(16)}` });
    refuse({ action: 'token-refused', address: '192.0.2.9' });
    expect(written).toHaveLength(MOST_GROUPS + 2);
    await clock.pass(MERGE_WINDOW_MS);
    expect(written).toHaveLength(MOST_GROUPS + 3);
    expect(written.at(-1)).toMatchObject({ who: NO_ONE, target: null, reason: null, address: VARIOUS });
    expect(written.at(-1)?.about).toContain(`${VARIOUS}&repeated=${attempts - MOST_GROUPS - 1}&`);
  });

  test('are written at the end of the process, and one by one after it', async () => {
    for (const given of [{}, {}, {}]) refuse(given);
    merger.close();
    expect(abouts()).toEqual(['code', expect.stringContaining('repeated=2')]);
    refuse();
    merger.close();
    expect(abouts().slice(2)).toEqual(['code']);
    await clock.pass(MERGE_WINDOW_MS);
    expect(written).toHaveLength(3);
  });
});
