import { runScript } from '../process/child.mjs';
import { errorText, print, timed } from '../process/output.mjs';
import { bringBrowser } from '../toolchain/browser.mjs';
import { checkStyle, checkTypes } from '../toolchain/checks.mjs';
import { buildIfNeeded } from '../toolchain/next.mjs';
import { ensurePrerequisites } from '../toolchain/prerequisites.mjs';
import { runBrowserTests, runUnitTests } from '../toolchain/suites.mjs';
import { createTimings, timingLines, writeTimings } from '../toolchain/timings.mjs';
import { TOPICS, testFiles } from '../toolchain/topics.mjs';

const total = { passed: 0, failed: 0 };
/** @type {string[]} */
const failures = [];
/** @type {string[]} */
const retried = [];
const timings = createTimings();

/** @param {import('../process/command-line.mjs').Given} given */
async function test({ positionals: [topic] }) {
  const files = topic === undefined ? null : await testFiles(topic);
  const node = await attempt('Packages', ensurePrerequisites);
  if (node !== null) await (files ? testTopic(node, files) : testAll(node));
  printTimings();
  printTests('Passed only at the second try', retried);
  printTests('Failed', failures);
  print();
  printTotal();
  process.exitCode = total.failed === 0 ? 0 : 1;
}

/** @param {string} node */
async function testAll(node) {
  const browser = await attempt('Browser', () => bringBrowser(node));
  if (browser) print(`Browser: ${browser}`);
  await attempt('Format and lint', () => timed('Format and lint', () => checkStyle(node)));
  await attempt('Types', () => timed('Types', () => checkTypes(node)));
  await runUnit(node);
  await runBrowser(node, browser);
}

/**
 * Runs only the tests that belong to a topic.
 * @param {string} node
 * @param {{ unit: string[], browser: string[] }} files
 */
async function testTopic(node, files) {
  await runUnit(node, files.unit);
  if (files.browser.length === 0) return;
  await runBrowser(node, await attempt('Browser', () => bringBrowser(node)), files.browser);
}

/** @param {string} node @param {string[]} [files] */
async function runUnit(node, files) {
  print('Unit and contract tests');
  add(await timings.phase('Unit and contract tests', () => runUnitTests(node, files)));
}

/** @param {string} node @param {string | null} browser @param {string[]} [files] */
async function runBrowser(node, browser, files) {
  const built = await attempt('Build', async () => {
    await buildIfNeeded(node);
    return true;
  });
  if (!built || !browser) {
    print(`End-to-end tests were not run: there is no ${built ? 'browser' : 'build'}.`);
    return;
  }
  print('End-to-end tests');
  add(await timings.phase('End-to-end tests', () => runBrowserTests(node, browser, files)));
}

/**
 * A step that fails counts as one failure, and the others go on.
 * @template T
 * @param {string} phase
 * @param {() => Promise<T>} step
 * @returns {Promise<T | null>}
 */
async function attempt(phase, step) {
  try {
    return await timings.phase(phase, step);
  } catch (error) {
    print(errorText(error));
    failures.push(`${phase}: ${errorText(error)}`);
    total.failed += 1;
    return null;
  }
}

/** @param {import('../toolchain/count.mjs').Score} score */
function add(score) {
  total.passed += score.passed;
  total.failed += score.failed;
  timings.addFiles(score.files);
  failures.push(...score.failures);
  retried.push(...score.retried);
}

/** At the end of the output, where they are found. @param {string} heading @param {string[]} tests */
function printTests(heading, tests) {
  if (tests.length === 0) return;
  print();
  print(`${heading} (${tests.length})`);
  for (const one of tests) print(one);
}

function printTimings() {
  const all = timings.all();
  print();
  for (const line of timingLines(all)) print(line);
  print(`All of them: ${writeTimings(all)}`);
}

function printTotal() {
  print(`${total.passed} passed, ${total.failed} failed`);
}

function interrupted() {
  total.failed += 1;
  print();
  printTotal();
}

// The runners treat SIGINT as a request to clean up and end; the browser tests then stop their servers.
const HELP = `Usage: npm test [-- <topic>]

Runs every check and test: format, lint, types, unit, contract and end-to-end tests.
With a topic, runs only the tests that belong to it.

Topics: ${Object.keys(TOPICS).join(', ')}`;

await runScript(test, {
  help: HELP,
  mostNames: 1,
  signal: 'SIGINT',
  patienceMs: 20_000,
  onStop: interrupted,
});
