import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { runScript } from '../process/child.mjs';
import { ScriptError } from '../process/output.mjs';
import { askedPort, refuseTakenPort } from '../process/ports.mjs';
import { replaceProcess } from '../process/replace-process.mjs';
import { serverEnvironment, startArguments } from '../toolchain/next.mjs';
import { inRoot } from '../toolchain/places.mjs';
import { findNode, toolEnvironment } from '../toolchain/prerequisites.mjs';
import { tools } from '../toolchain/tools.mjs';

// Shells and containers set HOSTNAME to the machine's name, which is not meant as an address to listen on.
const asked = process.env.HOSTNAME === hostname() ? undefined : process.env.HOSTNAME;

// Demo accounts need no password, so the server listens on this machine only unless HOSTNAME is set.
const chosen = asked ?? (process.env.DEMO_ACCOUNTS === 'on' ? '127.0.0.1' : undefined);

/** Queries in progress may finish: DingTalk has up to ten seconds for one. */
const PATIENCE_MS = 15_000;

async function start() {
  if (!existsSync(tools.next))
    throw new ScriptError('The packages are not installed. Run npm run build first.');
  if (!existsSync(inRoot('.next', 'BUILD_ID')))
    throw new ScriptError('There is no build yet. Run npm run build first.');
  const port = askedPort();
  if (!chosen) await refuseTakenPort(port);
  const args = startArguments({ port, hostname: chosen });
  const env = toolEnvironment(serverEnvironment);
  await replaceProcess('the server', findNode(), args, env);
}

const HELP = `Usage: npm start

Starts the production server on PORT (3000) and HOSTNAME (every address). Its settings are in docs/configuration.md.`;

await runScript(start, { help: HELP, exitCode: 0, patienceMs: PATIENCE_MS });
