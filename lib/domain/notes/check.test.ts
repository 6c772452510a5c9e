import { expect, test } from 'vitest';
import { ISSUES, type IssueCode } from '#lib/domain/issues/issue.ts';
import { CHECK_STEPS, stepsFor } from './check.ts';

const found = (code: IssueCode, field = 'name') => ({ code, evidence: [{ field }] });

test('an offline device is checked from its plug to its network, with a restart last', () => {
  const steps = stepsFor([found('offline'), found('microphone-lost')]);
  expect(steps[0]).toBe('unit-light');
  expect(steps.at(-1)).toBe('restarted');
  expect(steps).toContain('microphone-plugged');
  expect(new Set(steps).size).toBe(steps.length);
});

test('an alarm is checked by its part', () => {
  expect(stepsFor([found('alarm-open', 'alarms.camera')])).toEqual([
    'camera-plugged',
    'camera-open',
    'restarted',
  ]);
});

test('the usual questions are asked where nothing is visible in the room', () => {
  expect(stepsFor([])).not.toEqual([]);
  expect(stepsFor([found('shared-serial')])).toEqual(stepsFor([]));
  expect(stepsFor([found('alarm-open', 'alarms.something new')])).toEqual(stepsFor([]));
});

test('each issue asks a few questions of the catalogue, and each question is asked by some issue', () => {
  const asked = new Set<string>();
  for (const code of Object.keys(ISSUES) as IssueCode[]) {
    for (const field of ['name', 'alarms.display']) {
      const steps = stepsFor([found(code, field)]);
      expect(steps.length).toBeGreaterThan(1);
      expect(steps.length).toBeLessThan(7);
      for (const step of steps) asked.add(step);
    }
  }
  expect([...asked].sort()).toEqual([...CHECK_STEPS].sort());
});
