// A simulator and a production server on free ports, for whoever drives them from outside. Prints one JSON line
// `{"ready":true,"url","simulator":{"origin","controlOrigin"}}`; everything after it is the two's own output.
// Takes one JSON argument `{env, simulatorArgs, dataDir}`; a data directory that was given is left where it is. Ends
// when its standard input ends, so that nothing outlives a driver that crashed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isStopping, runScript, stopAll } from './child.mjs';
import { demoEnvironment } from './demo-environment.mjs';
import { startDesk } from './desk-process.mjs';
import { findNode } from './ground.mjs';
import { freePort } from './ports.mjs';
import { say, Trouble } from './say.mjs';
import { startSimulator } from './simulator-process.mjs';

const { env: asked = {}, simulatorArgs = [], dataDir: kept } = JSON.parse(process.argv[2] ?? '{}');
const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'rooms-desk-test-'));

async function desk() {
  const node = findNode();
  const port = await freePort();
  const secret = 'a secret for tests alone, of some length';
  const simulator = await startSimulator(node, {
    args: ['--control-port', '0', ...simulatorArgs],
    onLine: (line) => say(`simulator: ${line}`),
  });
  const server = await startDesk(node, {
    port,
    hostname: '127.0.0.1',
    env: { ...demoEnvironment({ port, simulatorOrigin: simulator.origin, dataDir, secret }), ...asked },
    onLine: (line) => say(`server: ${line}`),
  });
  const { origin, controlOrigin } = simulator;
  say(JSON.stringify({ ready: true, url: `http://localhost:${port}`, simulator: { origin, controlOrigin } }));
  const dead = await Promise.race([simulator.child, server].map((child) => child.exited.then(() => child)));
  if (!isStopping()) throw new Trouble(`${dead.name} ended by itself.`);
}

process.stdin.resume().on('end', async () => {
  await stopAll();
  process.exit(0);
});
process.on('exit', () => {
  if (!kept) rmSync(dataDir, { recursive: true, force: true });
});
await runScript(desk, { exitCode: 0 });
