import { bringBrowser } from './browser.mjs';
import { runScript } from './child.mjs';
import { ensureGround } from './ground.mjs';
import { buildIfNeeded } from './next.mjs';
import { testEnvironment } from './suites.mjs';
import { runTool } from './tools.mjs';

const HELP = `Usage: npm run e2e [-- <Playwright arguments>]

Runs the end-to-end tests alone. Arguments go to Playwright, such as a file's name, --grep <text> or --repeat-each <n>;
it refuses those it does not know.`;

/** @param {import('./command-line.mjs').Given} given */
async function stories({ positionals }) {
  const node = await ensureGround();
  const CHROMIUM = await bringBrowser(node);
  await buildIfNeeded(node);
  const args = ['test', ...positionals];
  const env = { ...testEnvironment, CHROMIUM };
  process.exitCode = await runTool(node, 'playwright', args, { show: true, env });
}

await runScript(stories, { help: HELP, passOn: true, signal: 'SIGINT', patienceMs: 20_000 });
