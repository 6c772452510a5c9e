// A simulator and a production server on free ports, controlled by the calling process. Prints one JSON line
// `{"ready":true,"url","pid","simulator":{"origin","controlOrigin"}}`, with the server's `pid`; the rest
// is the output of both. Takes one JSON argument, see `Asked`. Ends when its standard input ends, so that nothing
// survives a caller that crashed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOptions } from '../../e2e/simulator/options.ts';
import { startSimulator } from '../../e2e/simulator/start-simulator.ts';
import { demoEnvironment } from '../commands/demo-environment.mjs';
import { findNode } from '../toolchain/prerequisites.mjs';
import { startApp } from './app-process.mjs';
import { isStopping, runScript, stopAll } from './child.mjs';
import { print, ScriptError } from './output.mjs';
import { startOnPort } from './ports.mjs';

/**
 * @typedef {object} Asked
 * @property {'simulator'} [only] `simulator`: starts no server; callers start theirs
 * @property {{ origin: string, controlOrigin: string }} [simulator] an existing one, for another server
 * @property {string[]} [simulatorArgs]
 * @property {Record<string, string>} [env] the server's environment, over the demo's
 * @property {number} [port] the server's, to restart it on the same port
 * @property {string} [dataDir] kept; without it a temporary one is created and removed
 */

/** @type {Asked} */
const asked = JSON.parse(process.argv[2] ?? '{}');
const dataDir = asked.dataDir ?? mkdtempSync(join(tmpdir(), 'rooms-desk-test-'));
const node = findNode();

async function app() {
  const started = asked.simulator ? null : await simulatedWorld();
  const { origin, controlOrigin } = asked.simulator ?? /** @type {NonNullable<typeof started>} */ (started);
  const simulator = { origin, controlOrigin };
  const server = asked.only === 'simulator' ? null : await startServer(origin);
  print(JSON.stringify({ ready: true, ...server?.address, simulator }));
  if (server === null) return new Promise(() => {});
  await server.child.exited;
  if (!isStopping()) throw new ScriptError('The server ended by itself.');
}

/** In this process: a process more for every server under test would cost half a second of the processor. */
async function simulatedWorld() {
  const options = parseOptions(['--port', '0', '--control-port', '0', ...(asked.simulatorArgs ?? [])]);
  if (options === 'help') throw new ScriptError('Options that start a simulator are needed.');
  return startSimulator(options);
}

/** @param {string} simulatorOrigin */
async function startServer(simulatorOrigin) {
  const secret = 'a secret for tests alone, of some length';
  return startOnPort(async (port) => {
    // An address and not a name, because many machines ask a name server for the IPv6 address of localhost, which
    // takes seconds when a test sends 150 requests at once.
    const url = `http://127.0.0.1:${port}`;
    const child = await startApp(node, {
      port,
      hostname: '127.0.0.1',
      env: { ...demoEnvironment({ port, simulatorOrigin, dataDir, secret }), APP_URL: url, ...asked.env },
      onLine: (line) => print(`server: ${line}`),
    });
    return { child, address: { url, pid: child.pid } };
  }, asked.port);
}

process.stdin.resume().on('end', async () => {
  await stopAll();
  process.exit(0);
});
process.on('exit', () => {
  if (!asked.dataDir) rmSync(dataDir, { recursive: true, force: true });
});
await runScript(app, {
  help: 'Usage: node scripts/process/app-under-test.mjs <json>',
  passOn: true,
  exitCode: 0,
});
// The server has ended; standard input would keep this process running.
process.exit();
