import { serverEnvironment, startArguments } from '../toolchain/next.mjs';
import { toolEnvironment } from '../toolchain/prerequisites.mjs';
import { launch } from './child.mjs';
import { ScriptError } from './output.mjs';
import { PortTaken } from './ports.mjs';

const START_LIMIT_MS = 60_000;
const ASK_EVERY_MS = 100;

/**
 * Starts the production server and waits until it is ready. Throws `PortTaken` when its port is in use.
 * @param {string} node
 * @param {{ port: number, hostname: string, env: import('./child.mjs').Environment, onLine?: (line: string) => void }} options
 */
export async function startApp(node, { port, hostname, env, onLine }) {
  const child = launch('the server', node, startArguments({ port, hostname }), {
    env: toolEnvironment({ ...env, ...serverEnvironment }),
    onLine,
  });
  await untilReady(child, `${env.APP_URL}/api/health/ready`);
  return child;
}

/** @param {import('./child.mjs').Child} child @param {string} url */
async function untilReady(child, url) {
  const limit = performance.now() + START_LIMIT_MS;
  let answer = 'no answer';
  while (child.alive() && performance.now() < limit) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
      if (response.status === 200) return;
      answer = `${response.status} ${(await response.text()).slice(0, 300)}`;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  const why = child.alive()
    ? `The server is not ready after ${START_LIMIT_MS / 1000} s: ${answer}`
    : 'The server ended before it was ready.';
  const message = [...child.lines().slice(-30), why].join('\n');
  throw child.lines().some((line) => line.includes('EADDRINUSE'))
    ? new PortTaken(message)
    : new ScriptError(message);
}
