import { runScript } from '../process/child.mjs';
import { print, tookSince } from '../process/output.mjs';
import { checkStyle, checkTypes } from '../toolchain/checks.mjs';
import { ensurePrerequisites } from '../toolchain/prerequisites.mjs';
import { runTool } from '../toolchain/tools.mjs';

const LEFT_OUT = `Not run: tests that start a server, a database or a simulator, the build, and browser tests (npm test).`;

/** The first failure ends the other checks and shows the tool's output. */
async function verify() {
  const node = await ensurePrerequisites();
  const unit = ['run', '--project', 'unit', '--project', 'isolated', '--reporter=dot'];
  await Promise.all([
    reported('Format and lint', checkStyle(node)),
    reported('Types', checkTypes(node)),
    reported('Unit tests', runTool(node, 'vitest', unit)),
  ]);
  print(LEFT_OUT);
}

/** Reports the duration of a check that runs beside others. @param {string} name @param {Promise<unknown>} check */
async function reported(name, check) {
  const began = performance.now();
  await check;
  print(`${name}: ${tookSince(began)}`);
}

const HELP = `Usage: npm run verify

Checks format, lint and types and runs the fast unit tests, side by side. Stops at the first failure.
${LEFT_OUT}`;

await runScript(verify, { help: HELP });
