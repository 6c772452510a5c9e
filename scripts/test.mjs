import { bringBrowser } from './browser.mjs';
import { checkStyle, checkTypes } from './checks.mjs';
import { runScript } from './child.mjs';
import { ensureGround } from './ground.mjs';
import { buildIfNeeded } from './next.mjs';
import { say, timed, troubleText } from './say.mjs';
import { runStories, runUnitTests } from './suites.mjs';

const total = { passed: 0, failed: 0 };

async function test() {
  const node = await attempt(ensureGround);
  if (node !== null) await testOn(node);
  say();
  sayTotal();
  process.exitCode = total.failed === 0 ? 0 : 1;
}

/** @param {string} node */
async function testOn(node) {
  const browser = await attempt(() => bringBrowser(node));
  if (browser) say(`Browser: ${browser}`);
  await attempt(() => timed('Format and lint', () => checkStyle(node)));
  await attempt(() => timed('Types', () => checkTypes(node)));
  say('Unit and contract tests');
  add(await runUnitTests(node));
  const built = await attempt(async () => {
    await buildIfNeeded(node);
    return true;
  });
  if (!built || !browser) {
    say(`End-to-end tests were not run: there is no ${built ? 'browser' : 'build'}.`);
    return;
  }
  say('End-to-end tests');
  add(await runStories(node, browser));
}

/**
 * A step that fails counts as one failure, and the others go on.
 * @template T
 * @param {() => Promise<T>} step
 * @returns {Promise<T | null>}
 */
async function attempt(step) {
  try {
    return await step();
  } catch (error) {
    say(troubleText(error));
    total.failed += 1;
    return null;
  }
}

/** @param {import('./count.mjs').Score} score */
function add(score) {
  total.passed += score.passed;
  total.failed += score.failed;
}

function sayTotal() {
  say(`${total.passed} passed, ${total.failed} failed`);
}

function interrupted() {
  total.failed += 1;
  say();
  sayTotal();
}

// The runners take SIGINT as "clean up and end"; the stories then stop their servers.
const HELP = `Usage: npm test

Runs every check and test: format, lint, types, unit, contract and end-to-end tests.`;

await runScript(test, { help: HELP, signal: 'SIGINT', patienceMs: 20_000, onStop: interrupted });
