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

test('counts passed and failed tests, and not skipped ones', () => {
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

test('a run without a report never counts as passed', async () => {
  for (const path of [join(folder, 'none.json'), written('odd.json', 'half')]) {
    expect(await readScore(path, countVitest, 0)).toEqual({
      passed: 0,
      failed: 1,
      files: [],
      failures: ['The test runner ended with code 1.'],
      retried: [],
    });
  }
});

test('a report has the duration of each file, including retries and nested suites', () => {
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

test('a report names each failed test with its error, and each that passed at the second try', () => {
  const failed = {
    fullName: 'adds up',
    status: 'failed',
    failureMessages: ['\u001b[31mexpected 2\u001b[39m\n\n'],
  };
  const { failures } = countVitest(report({ ...file('failed'), assertionResults: [failed] }));
  expect(failures).toEqual([`${join('lib', 'some.test.ts')} › adds up\n    expected 2`]);

  const spec = (title: string, status: string) => ({
    file: 'notes/some.spec.ts',
    title,
    tests: [{ status, results: [{ duration: 1, errors: [{ message: 'not visible' }] }] }],
  });
  const suites = [
    {
      file: 'notes/some.spec.ts',
      specs: [spec('one', 'flaky')],
      suites: [{ specs: [spec('two', 'unexpected')] }],
    },
  ];
  expect(
    countPlaywright({ stats: { expected: 0, flaky: 1, unexpected: 1 }, errors: [], suites }),
  ).toMatchObject({
    failures: ['e2e/notes/some.spec.ts › two\n    not visible'],
    retried: ['e2e/notes/some.spec.ts › one\n    not visible'],
  });
});
