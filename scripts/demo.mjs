import { isStopping, runScript } from './child.mjs';
import { demoEnvironment, demoHostname, demoSecret } from './demo-environment.mjs';
import { startDesk } from './desk-process.mjs';
import { ensureGround } from './ground.mjs';
import { buildIfNeeded } from './next.mjs';
import { inRoot } from './places.mjs';
import { askedPort, refuseTakenPort } from './ports.mjs';
import { say, Trouble, timed } from './say.mjs';
import { startSimulator } from './simulator-process.mjs';

/** The sample device of DingTalk's own documentation. */
const DOCUMENTED_DEVICE = '1234';

async function demo() {
  const port = askedPort();
  await refuseTakenPort(port);
  const node = await ensureGround();
  await buildIfNeeded(node);
  const { simulator, server } = await timed('Starting', async () => {
    const simulator = await startSimulator(node, { args: ['--rooms', '40', '--seed', '7'] });
    const env = demoEnvironment({
      port,
      simulatorOrigin: simulator.origin,
      dataDir: inRoot('.data', 'demo'),
      secret: await demoSecret(),
    });
    return { simulator, server: await startDesk(node, { port, hostname: demoHostname(), env }) };
  });
  welcome(port, await idsToTry(simulator.controlOrigin));
  const dead = await Promise.race([simulator.child, server].map((child) => child.exited.then(() => child)));
  await new Promise((resolve) => setTimeout(resolve, 200));
  // Ctrl-C reaches the children too, and may have ended one before we heard of it.
  if (isStopping()) return;
  throw new Trouble(
    ['', ...dead.lines().slice(-20), `${capital(dead.name)} ended by itself. The demo is over.`].join('\n'),
  );
}

/** @param {number} port @param {string[]} ids */
function welcome(port, ids) {
  say();
  say(`Rooms Desk    http://localhost:${port}`);
  say('Sign in as    Viewer, Support or Admin: one press each on the sign-in page');
  say(`Ids to try    ${ids.join('  ')}`);
  say('Ctrl-C stops both the desk and the DingTalk simulator.');
}

/** Some ids of the simulated world; the documented one when the world does not tell. @param {string} controlOrigin */
async function idsToTry(controlOrigin) {
  try {
    const response = await fetch(`${controlOrigin}/__control/world`, { signal: AbortSignal.timeout(2_000) });
    const found = [...(await response.text()).matchAll(/"deviceId":\s*"([^"]+)"/g)].map((match) => match[1]);
    return [...new Set([DOCUMENTED_DEVICE, ...found])].slice(0, 4);
  } catch {
    return [DOCUMENTED_DEVICE];
  }
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

await runScript(demo, { exitCode: 0, onStop: () => say('\nStopped.') });
