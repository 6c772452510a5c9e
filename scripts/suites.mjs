import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countPlaywright, countVitest, readScore } from './count.mjs';
import { runTool } from './tools.mjs';

/** Runs the unit and contract tests, telling as it goes. @param {string} node */
export async function runUnitTests(node) {
  const report = reportPath();
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return readScore(report, countVitest, await runTool(node, 'vitest', args, { show: true }));
}

/** Runs the stories in a browser, telling as it goes. @param {string} node @param {string} browser */
export async function runStories(node, browser) {
  const report = reportPath();
  const env = { CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const args = ['test', '--reporter=list,json'];
  return readScore(report, countPlaywright, await runTool(node, 'playwright', args, { show: true, env }));
}

/** A place for a report, gone with this process however it ends. */
function reportPath() {
  const folder = mkdtempSync(join(tmpdir(), 'rooms-desk-report-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'report.json');
}
