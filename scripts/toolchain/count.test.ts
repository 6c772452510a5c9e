import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countPlaywright, countVitest, readScore } from './count.mjs';

const folder = mkdtempSync(join(tmpdir(), 'rooms-desk-count-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const report = (...testResults: unknown[]) => ({ testResults });
const file = (status: string, ...tests: string[]) => ({
  name: join(process.cwd(), 'lib', 'some.test.ts'),
  startTime: 1_000,
  endTime: 3_500.4,
  status,
  assertionResults: tests.map((one) => ({ status: one })),
});

function written(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

test('counts what passed and what failed, and not what was skipped', () => {
  const mixed = report(file('failed', 'passed', 'failed', 'skipped'), file('passed', 'passed', 'pending'));
  expect(countVitest(mixed)).toMatchObject({ passed: 2, failed: 1 });
});

test('a file that did not load, or whose set-up failed, is one failure', () => {
  expect(countVitest(report(file('failed'), file('failed', 'passed')))).toMatchObject({
    passed: 1,
    failed: 2,
  });
});

test('a browser test file that did not load is one failure', () => {
  const stats = { expected: 3, flaky: 0, unexpected: 1, skipped: 5 };
  expect(countPlaywright({ stats, errors: [{}] })).toMatchObject({ passed: 3, failed: 2 });
});

test('a run that failed without naming a test counts as one failure', async () => {
  const path = written('green.json', report(file('passed', 'passed')));
  expect(await readScore(path, countVitest, 0)).toMatchObject({ passed: 1, failed: 0 });
  expect(await readScore(path, countVitest, 1)).toMatchObject({ passed: 1, failed: 1 });
});

test('a run that left no report never counts as green', async () => {
  expect(await readScore(join(folder, 'none.json'), countVitest, 0)).toEqual({
    passed: 0,
    failed: 1,
    files: [],
  });
  expect(await readScore(written('odd.json', 'half'), countVitest, 0)).toEqual({
    passed: 0,
    failed: 1,
    files: [],
  });
});

test('a report says how long each file took, every try and nested suite included', () => {
  expect(countVitest(report(file('passed', 'passed'))).files).toEqual([
    { file: join('lib', 'some.test.ts'), ms: 2_500 },
  ]);
  const spec = (...durations: number[]) => ({
    tests: [{ results: durations.map((duration) => ({ duration })) }],
  });
  const suites = [{ file: 'notes/some.spec.ts', specs: [spec(100)], suites: [{ specs: [spec(20, 3)] }] }];
  const stats = { expected: 2, flaky: 0, unexpected: 0 };
  expect(countPlaywright({ stats, errors: [], suites }).files).toEqual([
    { file: 'e2e/notes/some.spec.ts', ms: 123 },
  ]);
});
