import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countPlaywright, countVitest, readScore } from './count.mjs';
import { inRoot } from './places.mjs';
import { runTool } from './tools.mjs';

/**
 * For everything that tests start: hundreds of short-lived processes read the same modules, which takes half of a
 * command's processor time unless Node keeps what it compiled.
 */
export const testEnvironment = { NODE_COMPILE_CACHE: inRoot('node_modules', '.cache', 'node') };

/**
 * Runs the unit and contract tests and shows their progress.
 * @param {string} node
 * @param {string[]} [files] all of them when empty
 * @param {import('../process/child.mjs').Environment} [more]
 */
export async function runUnitTests(node, files = [], more = {}) {
  const report = reportPath();
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...files];
  const env = { ...testEnvironment, ...more };
  return readScore(report, countVitest, await runTool(node, 'vitest', args, { show: true, env }));
}

/**
 * Runs the browser tests and shows their progress.
 * @param {string} node
 * @param {string} browser
 * @param {string[]} [files] all of them when empty
 * @param {import('../process/child.mjs').Environment} [more]
 */
export async function runBrowserTests(node, browser, files = [], more = {}) {
  const report = reportPath();
  const env = { ...testEnvironment, CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report, ...more };
  const args = ['test', '--reporter=list,json', ...files];
  return readScore(report, countPlaywright, await runTool(node, 'playwright', args, { show: true, env }));
}

/** A path for a report, removed when this process ends. */
function reportPath() {
  const folder = mkdtempSync(join(tmpdir(), 'rooms-desk-report-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'report.json');
}
