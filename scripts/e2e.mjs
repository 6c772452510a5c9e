import { bringBrowser } from './browser.mjs';
import { runScript } from './child.mjs';
import { ensureGround } from './ground.mjs';
import { buildIfNeeded } from './next.mjs';
import { runTool } from './tools.mjs';

/** The stories alone; what follows `--` goes to Playwright. */
async function stories() {
  const node = await ensureGround();
  const CHROMIUM = await bringBrowser(node);
  await buildIfNeeded(node);
  const args = ['test', ...process.argv.slice(2)];
  process.exitCode = await runTool(node, 'playwright', args, { show: true, env: { CHROMIUM } });
}

await runScript(stories, { signal: 'SIGINT', patienceMs: 20_000 });
