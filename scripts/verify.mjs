import { checkStyle, checkTypes } from './checks.mjs';
import { runScript } from './child.mjs';
import { ensureGround } from './ground.mjs';
import { timed } from './say.mjs';
import { runTool } from './tools.mjs';

/** Stops at the first failure and shows what the tool said. Tests named `*.slow.test.ts` are left to `npm test`. */
async function verify() {
  const node = await ensureGround();
  await timed('Format and lint', () => checkStyle(node));
  await timed('Types', () => checkTypes(node));
  const unit = ['run', '--exclude', '**/*.slow.test.ts', '--exclude', '**/node_modules/**'];
  await timed('Unit tests', () => runTool(node, 'vitest', unit));
}

const HELP = `Usage: npm run verify

Checks format, lint and types and runs the fast unit tests. Stops at the first failure.`;

await runScript(verify, { help: HELP });
