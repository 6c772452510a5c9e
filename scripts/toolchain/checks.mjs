import { runTool } from './tools.mjs';

/** Format, lint and the walls between the rooms. @param {string} node */
export async function checkStyle(node) {
  await runTool(node, 'biome', ['check', '--error-on-warnings', '--colors=off', '.']);
}

/** Types, the addresses of pages included. @param {string} node */
export async function checkTypes(node) {
  await runTool(node, 'next', ['typegen']);
  // What it remembers of its last run misses new words in the JSON catalogues.
  await runTool(node, 'tsc', ['--noEmit', '--incremental', 'false']);
}
