import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { root } from './places.mjs';

/**
 * How many tests passed and failed; skipped ones are neither. `files`: how long each took.
 * @typedef {{ passed: number, failed: number, files: import('./timings.mjs').FileTiming[] }} Score
 */

/**
 * Reads a runner's JSON report. A run that failed without naming a test, or left no report, counts as one failure.
 * @param {string} path
 * @param {(report: any) => Score} count
 * @param {number} exitCode
 * @returns {Promise<Score>}
 */
export async function readScore(path, count, exitCode) {
  /** @type {Score} */
  let score = { passed: 0, failed: 0, files: [] };
  try {
    score = count(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // No report: the runner did not get that far, and its exit code says so below.
    exitCode ||= 1;
  }
  return exitCode !== 0 && score.failed === 0 ? { ...score, failed: 1 } : score;
}

/** A file that fails to load has no tests to fail, and counts as one. @param {any} report @returns {Score} */
export function countVitest(report) {
  /** @type {Score} */
  const score = { passed: 0, failed: 0, files: [] };
  for (const file of report.testResults) {
    const failed = file.assertionResults.filter((/** @type {any} */ test) => test.status === 'failed').length;
    score.passed += file.assertionResults.filter(
      (/** @type {any} */ test) => test.status === 'passed',
    ).length;
    score.failed += file.status === 'failed' ? Math.max(1, failed) : failed;
    score.files.push({ file: relative(root, file.name), ms: Math.round(file.endTime - file.startTime) });
  }
  return score;
}

/** @param {any} report @returns {Score} */
export function countPlaywright({ stats, errors, suites = [] }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    files: suites.map((/** @type {any} */ suite) => ({ file: `e2e/${suite.file}`, ms: durationOf(suite) })),
  };
}

/** The time of every try of every test in a suite and the suites inside it. @param {any} suite @returns {number} */
function durationOf({ specs = [], suites = [] }) {
  const tries = specs.flatMap((/** @type {any} */ spec) =>
    spec.tests.flatMap((/** @type {any} */ test) => test.results),
  );
  const own = tries.reduce((/** @type {number} */ sum, /** @type {any} */ { duration }) => sum + duration, 0);
  return suites.reduce(
    (/** @type {number} */ sum, /** @type {any} */ inner) => sum + durationOf(inner),
    Math.round(own),
  );
}
