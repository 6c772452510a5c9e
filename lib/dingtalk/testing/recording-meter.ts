import { expect } from 'vitest';
import type { CallOutcome, Meter, Purpose } from '#lib/dingtalk/client/meter.ts';

export type Entry = { api: string; purpose: Purpose; attempt: number; outcome: CallOutcome | null };

/** A meter for tests that lets everything out at once and holds each call to being settled once. */
export function createRecordingMeter(onAdmit: (entry: Entry) => void | Promise<void> = () => {}) {
  const entries: Entry[] = [];
  const meter: Meter = {
    async admit({ api, purpose, attempt }) {
      const entry: Entry = { api, purpose, attempt, outcome: null };
      await onAdmit(entry);
      entries.push(entry);
      return {
        settle(outcome) {
          expect(entry.outcome, 'settled twice').toBeNull();
          entry.outcome = outcome;
        },
      };
    },
  };
  return {
    meter,
    entries,
    /** What the month has counted; a call that was never settled fails the test. */
    counted: () => entries.filter(({ outcome }) => (outcome ?? expect.fail('never settled')).counted).length,
  };
}
