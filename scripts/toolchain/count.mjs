import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './places.mjs';

/**
 * How many tests passed and failed; skipped ones are neither. `files`: how long each took. `failures`: the title of each
 * failed test with the first lines of its error. `retried`: the titles of those that passed only at the second try.
 * @typedef {{ passed: number, failed: number, files: import('./timings.mjs').FileTiming[], failures: string[],
 *   retried: string[] }} Score
 */

const LINES_OF_AN_ERROR = 12;

/** @returns {Score} */
const emptyScore = () => ({ passed: 0, failed: 0, files: [], failures: [], retried: [] });

/**
 * Reads a runner's JSON report. A run that failed without naming a test, or left no report, counts as one failure.
 * @param {string} path
 * @param {(report: any) => Score} count
 * @param {number} exitCode
 * @returns {Promise<Score>}
 */
export async function readScore(path, count, exitCode) {
  let score = emptyScore();
  try {
    score = count(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // Without a report, the runner's exit code decides below.
    exitCode ||= 1;
  }
  if (exitCode === 0 || score.failed > 0) return score;
  return { ...score, failed: 1, failures: [`The test runner ended with code ${exitCode}.`] };
}

/** A file that fails to load has no tests to fail, and counts as one. @param {any} report @returns {Score} */
export function countVitest(report) {
  const score = emptyScore();
  for (const { name, status, message, startTime, endTime, assertionResults } of report.testResults) {
    const file = relative(root, name);
    const failed = assertionResults.filter((/** @type {any} */ test) => test.status === 'failed');
    score.passed += assertionResults.filter((/** @type {any} */ test) => test.status === 'passed').length;
    score.files.push({ file, ms: Math.round(endTime - startTime) });
    for (const { fullName, failureMessages } of failed) {
      score.failures.push(failure(`${file} › ${fullName}`, failureMessages?.join('\n')));
    }
    if (status === 'failed' && failed.length === 0) score.failures.push(failure(file, message));
  }
  return { ...score, failed: score.failures.length };
}

/** @param {any} report @returns {Score} */
export function countPlaywright({ stats, errors, suites = [] }) {
  const specs = suites.flatMap(specsOf);
  const withStatus = (/** @type {string} */ wanted) =>
    specs.flatMap((/** @type {any} */ { file, title, tests }) =>
      tests
        .filter((/** @type {any} */ { status }) => status === wanted)
        .map((/** @type {any} */ { results }) => failure(`e2e/${file} › ${title}`, messageOf(results))),
    );
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    files: suites.map((/** @type {any} */ suite) => ({
      file: `e2e/${suite.file}`,
      ms: Math.round(durations(specsOf(suite))),
    })),
    failures: [
      ...errors.map((/** @type {any} */ { message }) => failure('End-to-end tests', message)),
      ...withStatus('unexpected'),
    ],
    retried: withStatus('flaky'),
  };
}

/** @param {any} suite @returns {any[]} the tests of a suite and of the suites inside it */
const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)];

/** @param {any[]} specs */
const durations = (specs) =>
  specs
    .flatMap(({ tests }) => tests.flatMap((/** @type {any} */ { results }) => results))
    .reduce((sum, { duration }) => sum + duration, 0);

/** @param {any[]} results @returns {string | undefined} what the first failed try reported */
const messageOf = (results) => results.flatMap(({ errors = [] }) => errors).map(({ message }) => message)[0];

/** @param {string} title @param {string} [message] @returns {string} */
function failure(title, message) {
  const lines = stripVTControlCharacters(message ?? '').split('\n');
  const shown = lines.filter((line) => line.trim() !== '').slice(0, LINES_OF_AN_ERROR);
  return [title, ...shown.map((line) => `    ${line}`)].join('\n');
}
