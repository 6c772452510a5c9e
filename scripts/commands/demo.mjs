import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { startApp } from '../process/app-process.mjs';
import { isStopping, runScript } from '../process/child.mjs';
import { print, ScriptError, timed } from '../process/output.mjs';
import { askedPort, refuseTakenPort } from '../process/ports.mjs';
import { startSimulator } from '../process/simulator-process.mjs';
import { isBuilt } from '../toolchain/build-state.mjs';
import { isInstalled } from '../toolchain/installed.mjs';
import { buildIfNeeded } from '../toolchain/next.mjs';
import { inRoot } from '../toolchain/places.mjs';
import { ensurePrerequisites } from '../toolchain/prerequisites.mjs';
import { demoEnvironment, demoHostname, demoSecret } from './demo-environment.mjs';

/** Exists even when the list of scenarios is not available. */
const DOCUMENTED = { deviceId: '1234', meaning: "the sample of DingTalk's documentation" };
const LOG = '.data/demo.log';
/** A working day in half an hour, so that changes are visible. */
const DAY_SPEED = '20';

async function demo() {
  const port = askedPort();
  await refuseTakenPort(port);
  const isPrepared = (await isInstalled('run')) && (await isBuilt());
  if (!isPrepared) print('Installing and building once takes about a minute; later starts take seconds.');
  const node = await ensurePrerequisites('run');
  await buildIfNeeded(node);
  const log = await openLog();
  const { simulator, server } = await timed('Starting', async () => {
    const simulator = await startSimulator(node, {
      args: ['--rooms', '40', '--seed', '7', '--day-speed', DAY_SPEED],
      onLine: (line) => log.write(`simulator: ${line}\n`),
    });
    const env = {
      ...demoEnvironment({
        port,
        simulatorOrigin: simulator.origin,
        dataDir: inRoot('.data', 'demo'),
        secret: await demoSecret(),
      }),
      DINGTALK_EVENTS: 'stream',
    };
    const onLine = (/** @type {string} */ line) => log.write(`server: ${line}\n`);
    return { simulator, server: await startApp(node, { port, hostname: demoHostname(), env, onLine }) };
  });
  welcome(port, await devicesToTry(simulator.controlOrigin));
  const dead = await Promise.race([simulator.child, server].map((child) => child.exited.then(() => child)));
  await new Promise((resolve) => setTimeout(resolve, 200));
  // Ctrl-C also reaches the children, and may have ended one already.
  if (isStopping()) return;
  throw new ScriptError(
    ['', ...dead.lines().slice(-20), `${capital(dead.name)} ended by itself. The demo is over.`].join('\n'),
  );
}

/** @param {number} port @param {{ deviceId: string, meaning: string }[]} devices */
function welcome(port, devices) {
  print();
  print(`Rooms Desk    http://localhost:${port}`);
  print('Sign in as    Viewer, Support or Admin, with one button each on the sign-in page');
  for (const [at, { deviceId, meaning }] of devices.entries()) {
    print(`${at === 0 ? 'IDs to try' : '          '}    ${deviceId.padEnd(10)}${meaning}`);
  }
  print(`Log           ${LOG}`);
  print('Ctrl-C stops Rooms Desk and the DingTalk simulator.');
}

/** Some interesting devices of the simulated world. @param {string} controlOrigin */
async function devicesToTry(controlOrigin) {
  try {
    const response = await fetch(`${controlOrigin}/__control/world`, { signal: AbortSignal.timeout(2_000) });
    const { scenarios } = await response.json();
    return /** @type {(typeof DOCUMENTED)[]} */ (Object.values(scenarios)).slice(0, 4);
  } catch {
    return [DOCUMENTED];
  }
}

async function openLog() {
  await mkdir(inRoot('.data'), { recursive: true, mode: 0o700 });
  return createWriteStream(inRoot(LOG), { mode: 0o600 });
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const HELP = `Usage: npm run demo

Starts Rooms Desk with demo accounts and a simulated DingTalk, on this machine only. PORT (3000) sets the port.
Installs packages and builds if needed.`;

await runScript(demo, { help: HELP, exitCode: 0, onStop: () => print('\nStopped.') });
