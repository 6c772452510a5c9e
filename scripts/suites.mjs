import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countPlaywright, countVitest, readScore } from './count.mjs';
import { runTool } from './tools.mjs';

/** Runs the unit and contract tests, telling as it goes. @param {string} node */
export function runUnitTests(node) {
  return withReport(async (report) => {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    return readScore(report, countVitest, await runTool(node, 'vitest', args, { show: true }));
  });
}

/** Runs the stories in a browser, telling as it goes. @param {string} node @param {string} browser */
export function runStories(node, browser) {
  return withReport(async (report) => {
    const env = { CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
    const args = ['test', '--reporter=list,json'];
    return readScore(report, countPlaywright, await runTool(node, 'playwright', args, { show: true, env }));
  });
}

/**
 * @template T
 * @param {(path: string) => Promise<T>} use
 */
async function withReport(use) {
  const folder = await mkdtemp(join(tmpdir(), 'rooms-desk-report-'));
  try {
    return await use(join(folder, 'report.json'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
