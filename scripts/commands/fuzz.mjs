import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runScript } from '../process/child.mjs';
import { print } from '../process/output.mjs';
import { inRoot } from '../toolchain/places.mjs';
import { ensurePrerequisites } from '../toolchain/prerequisites.mjs';
import { runTool } from '../toolchain/tools.mjs';

const RUNS = process.env.FUZZ_RUNS || '100000';
/** For one property; the slowest sends each request through a socket. */
const LIMIT_MS = 3_600_000;

/** Runs every generated test with FUZZ_RUNS cases; these are the files that use fuzzRuns. */
async function fuzz() {
  const node = await ensurePrerequisites();
  const files = (await readdir(inRoot('lib'), { recursive: true }))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join('lib', name))
    .filter((path) => readFileSync(inRoot(path), 'utf8').includes('fuzzRuns('))
    .sort();
  print(`${RUNS} cases of each property in ${files.length} files`);
  const args = ['run', `--testTimeout=${LIMIT_MS}`, ...files];
  process.exitCode = await runTool(node, 'vitest', args, { show: true, env: { FUZZ_RUNS: RUNS } });
}

const HELP = `Usage: npm run fuzz

Runs every generated test with FUZZ_RUNS (100000) cases of each property.`;

await runScript(fuzz, { help: HELP });
