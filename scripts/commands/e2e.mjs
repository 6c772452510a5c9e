import { runScript } from '../process/child.mjs';
import { bringBrowser } from '../toolchain/browser.mjs';
import { buildIfNeeded } from '../toolchain/next.mjs';
import { ensurePrerequisites } from '../toolchain/prerequisites.mjs';
import { testEnvironment } from '../toolchain/suites.mjs';
import { runTool } from '../toolchain/tools.mjs';

const HELP = `Usage: npm run e2e [-- <Playwright arguments>]

Runs the end-to-end tests alone. Arguments go to Playwright, such as a file's name, --grep <text> or --repeat-each <n>;
it refuses unknown ones.`;

/** @param {import('../process/command-line.mjs').Given} given */
async function runBrowserTests({ positionals }) {
  const node = await ensurePrerequisites();
  const CHROMIUM = await bringBrowser(node);
  await buildIfNeeded(node);
  const args = ['test', ...positionals];
  const env = { ...testEnvironment, CHROMIUM };
  process.exitCode = await runTool(node, 'playwright', args, { show: true, env });
}

await runScript(runBrowserTests, { help: HELP, passOn: true, signal: 'SIGINT', patienceMs: 20_000 });
