import { launch, runScript } from '../process/child.mjs';
import { print, ScriptError } from '../process/output.mjs';
import { askedPort, refuseTakenPort } from '../process/ports.mjs';
import { startSimulator } from '../process/simulator-process.mjs';
import { inRoot } from '../toolchain/places.mjs';
import { ensurePrerequisites, toolEnvironment } from '../toolchain/prerequisites.mjs';
import { tools } from '../toolchain/tools.mjs';
import { demoEnvironment, demoHostname, demoSecret } from './demo-environment.mjs';

async function dev() {
  const port = askedPort();
  await refuseTakenPort(port);
  const node = await ensurePrerequisites('run');
  const simulator = await startSimulator(node, { onLine: (line) => print(`simulator: ${line}`) });
  print(`DingTalk simulator at ${simulator.origin}, its controls at ${simulator.controlOrigin}/__control/`);
  const env = toolEnvironment({
    NODE_ENV: 'development',
    HOSTNAME: demoHostname(),
    ...demoEnvironment({
      port,
      simulatorOrigin: simulator.origin,
      dataDir: inRoot('.data', 'dev'),
      secret: await demoSecret(),
    }),
  });
  const args = [tools.next, 'dev', '-p', String(port), '-H', demoHostname()];
  const server = launch('next dev', node, args, { env, show: true });
  const dead = await Promise.race([simulator.child, server].map((child) => child.exited.then(() => child)));
  throw new ScriptError([...dead.lines().slice(-20), `${dead.name} ended.`].join('\n'));
}

const HELP = `Usage: npm run dev

Starts Rooms Desk with a simulated DingTalk and reloads it as you edit. PORT (3000) sets the port.`;

await runScript(dev, { help: HELP, exitCode: 0 });
