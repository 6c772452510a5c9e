import { readFile } from 'node:fs/promises';

/**
 * How many tests passed and failed; skipped ones are neither.
 * @typedef {{ passed: number, failed: number }} Score
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
  let score = { passed: 0, failed: 0 };
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
  const score = { passed: 0, failed: 0 };
  for (const file of report.testResults) {
    const failed = file.assertionResults.filter((/** @type {any} */ test) => test.status === 'failed').length;
    score.passed += file.assertionResults.filter(
      (/** @type {any} */ test) => test.status === 'passed',
    ).length;
    score.failed += file.status === 'failed' ? Math.max(1, failed) : failed;
  }
  return score;
}

/** @param {any} report @returns {Score} */
export function countPlaywright({ stats, errors }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length };
}
