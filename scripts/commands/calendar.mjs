import { existsSync } from 'node:fs';
import { runScript } from '../process/child.mjs';
import { print, ScriptError } from '../process/output.mjs';
import { bringBrowser } from '../toolchain/browser.mjs';
import { buildIfNeeded } from '../toolchain/next.mjs';
import { ensurePrerequisites } from '../toolchain/prerequisites.mjs';
import { runBrowserTests, runUnitTests } from '../toolchain/suites.mjs';
import { TOPICS, testFiles } from '../toolchain/topics.mjs';
import { CASES, shiftSeconds } from './calendar-cases.mjs';

/** Where Debian and its relatives, Fedora and Arch put the library. */
const LIBRARIES = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib64/faketime/libfaketimeMT.so.1',
  '/usr/lib/faketime/libfaketimeMT.so.1',
];
/** The change happens in the middle of a run, which takes about twice as long. */
const LEAD_MS = { unit: 60_000, browser: 300_000 };

const options = /** @type {const} */ ({
  unit: { type: 'boolean' },
  browser: { type: 'boolean' },
  topic: { type: 'string' },
  file: { type: 'string', multiple: true },
});

/** @typedef {{ unit?: boolean, browser?: boolean, topic?: string, file?: string[] }} Wanted */

/** @param {import('../process/command-line.mjs').Given} given */
async function calendar({ values, positionals }) {
  const cases = chosenCases(positionals);
  const files = await chosenFiles(values);
  const library = findLibrary();
  const node = await ensurePrerequisites();
  const browser = files.browser.length > 0 ? await bringBrowser(node) : '';
  // With the real clock, because a build stores dates.
  if (browser) await buildIfNeeded(node);
  const rows = [];
  for (const each of cases) {
    const score = await runCase(each, { node, browser, files, library });
    const row = `${each.name}: ${score.passed} passed, ${score.failed} failed`;
    print(row);
    rows.push(row);
    if (score.failed > 0) process.exitCode = 1;
  }
  print();
  for (const row of rows) print(row);
}

/**
 * Runs the tests at the date of one case.
 * @param {import('./calendar-cases.mjs').CalendarCase} each
 * @param {{ node: string, browser: string, files: { unit: string[], browser: string[] }, library: string }} ground
 */
async function runCase(each, { node, browser, files, library }) {
  const total = { passed: 0, failed: 0 };
  /** @param {number} leadMs */
  const environment = (leadMs) => {
    const seconds = shiftSeconds(each, Date.now(), leadMs);
    const start = new Date(Date.now() + seconds * 1000).toISOString();
    print(`${each.name}: ${each.what}, TZ=${each.zone}, from ${start}`);
    return shiftedEnvironment(each.zone, seconds, library);
  };
  /** @param {import('../toolchain/count.mjs').Score} score */
  const add = ({ passed, failed }) => {
    total.passed += passed;
    total.failed += failed;
  };
  if (files.unit.length > 0) add(await runUnitTests(node, files.unit, environment(LEAD_MS.unit)));
  if (files.browser.length > 0) {
    add(await runBrowserTests(node, browser, files.browser, environment(LEAD_MS.browser)));
  }
  return total;
}

/** @param {string} zone @param {number} seconds @param {string} library */
function shiftedEnvironment(zone, seconds, library) {
  if (seconds === 0) return { TZ: zone };
  return {
    TZ: zone,
    LD_PRELOAD: library,
    FAKETIME: `+${seconds}`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    NO_FAKE_STAT: '1',
    // The browser does not start with the library; its pages move their dates themselves.
    CALENDAR_SHIFT_MS: String(seconds * 1000),
  };
}

/** @param {string[]} names */
function chosenCases(names) {
  const unknown = names.find((name) => !CASES.some((each) => each.name === name));
  if (unknown !== undefined) {
    throw new ScriptError(
      `There is no case '${unknown}'. Cases: ${CASES.map(({ name }) => name).join(', ')}.`,
    );
  }
  return names.length === 0 ? CASES : CASES.filter(({ name }) => names.includes(name));
}

/** @param {Wanted} wanted */
async function chosenFiles({ unit, browser, topic, file: parts }) {
  const { unit: unitFiles, browser: browserFiles } = await testFiles(topic);
  /** @param {boolean} meant @param {string[]} paths */
  const choose = (meant, paths) =>
    meant ? paths.filter((path) => !parts || parts.some((part) => path.includes(part))) : [];
  const both = unit === browser;
  const files = { unit: choose(both || !!unit, unitFiles), browser: choose(both || !!browser, browserFiles) };
  if (files.unit.length + files.browser.length === 0) throw new ScriptError('No test file was chosen.');
  return files;
}

function findLibrary() {
  const library = LIBRARIES.find((path) => existsSync(path));
  if (library) return library;
  throw new ScriptError(
    'This command moves the clock with libfaketime: install it, on Debian with apt-get install faketime.',
  );
}

const HELP = `Usage: npm run calendar [-- [<case> ...] [--unit] [--browser] [--topic <topic>] [--file <part of a path> ...]]

Runs the tests with the clock moved to dates that break code that depends on the calendar, and in other time zones.
Without a case it runs all of them, each with the whole suite. Needs Linux and libfaketime (Debian: faketime).

Cases:
${CASES.map(({ name, zone, what }) => `  ${name.padEnd(20)}${what}, TZ=${zone}`).join('\n')}

  --unit     only the unit and contract tests
  --browser  only the browser tests
  --topic    only the tests of a topic: ${Object.keys(TOPICS).join(', ')}
  --file     only test files whose path contains this; can be repeated`;

await runScript(calendar, {
  help: HELP,
  options,
  mostNames: CASES.length,
  signal: 'SIGINT',
  patienceMs: 20_000,
});
