import { launch } from '../process/child.mjs';
import { ScriptError } from '../process/output.mjs';
import { inRoot } from './places.mjs';
import { toolEnvironment } from './prerequisites.mjs';

const modules = inRoot('node_modules');

/** The tools by path, so that the Node in front of them is the one we chose. */
export const tools = {
  biome: `${modules}/@biomejs/biome/bin/biome`,
  next: `${modules}/next/dist/bin/next`,
  playwright: `${modules}/@playwright/test/cli.js`,
  tsc: `${modules}/typescript/bin/tsc`,
  vitest: `${modules}/vitest/vitest.mjs`,
};

/**
 * Runs a tool to its end. Silence, it throws a ScriptError with the tool's output when it fails.
 * @param {string} node
 * @param {keyof typeof tools} tool
 * @param {string[]} args
 * @param {{ show?: boolean, env?: import('../process/child.mjs').Environment, limitMs?: number }} [options] `limitMs`: stopped when it takes longer
 * @returns {Promise<number>} the exit code, 1 when it was stopped by a signal
 */
export async function runTool(node, tool, args, { show = false, env = {}, limitMs } = {}) {
  const child = launch(tool, node, [tools[tool], ...args], { env: toolEnvironment(env), show });
  const limit = limitMs && setTimeout(() => child.stop(), limitMs);
  const { code } = await child.exited;
  clearTimeout(limit);
  if (code !== 0 && !show) throw new ScriptError([...child.lines(), `${tool} ${args[0]} failed.`].join('\n'));
  return code ?? 1;
}
