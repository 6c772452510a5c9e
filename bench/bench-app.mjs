import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoEnvironment } from '../scripts/commands/demo-environment.mjs';
import { launch } from '../scripts/process/child.mjs';
import { ScriptError } from '../scripts/process/output.mjs';
import { freePort } from '../scripts/process/ports.mjs';
import { serverEnvironment, startArguments } from '../scripts/toolchain/next.mjs';
import { toolEnvironment } from '../scripts/toolchain/prerequisites.mjs';
import { benchApp } from './app-build.mjs';

const LIMIT_MS = 60_000;
const ASK_EVERY_MS = 5;

/** Longer than a run: what is fresh at its begin is fresh at its end. */
export const FRESH_FOR_SECONDS = 3_600;
/** The maximum rate that Rooms Desk allows. */
const QPS = 60;

/**
 * A production server of the build that has the peers in it, with a database of its own.
 * @typedef {Awaited<ReturnType<typeof startBenchApp>>} App
 * @param {string} node
 * @param {{
 *   simulatorOrigin: string, profile?: string | undefined, dataDir?: string, env?: Record<string, string>
 * }} options `env` goes over what follows from the rest
 */
export async function startBenchApp(
  node,
  { simulatorOrigin, profile, dataDir = passingFolder('rooms-desk-bench-'), env: more = {} },
) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...demoEnvironment({
      port,
      simulatorOrigin,
      dataDir,
      secret: 'a secret for measuring alone, long enough',
    }),
    APP_URL: url,
    ...serverEnvironment,
    LOG_LEVEL: 'info',
    FRESH_FOR_SECONDS: String(FRESH_FOR_SECONDS),
    DINGTALK_QPS: String(QPS),
    DINGTALK_MONTHLY_CALLS: '100000000',
    QUESTIONS_PER_MINUTE: '1000000',
    SEARCHES_PER_MINUTE: '1000000',
    SIGN_INS_PER_MINUTE: '1000000',
    // Background jobs run only where they are measured.
    INSTANCE_ROLE: 'web',
    ...more,
    ...(profile && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` }),
  };
  const began = performance.now();
  const args = [...startArguments({ port, hostname: '127.0.0.1' }), benchApp];
  const child = launch('the server', node, args, { env: toolEnvironment(env) });
  await untilReady(child, `${url}/api/health/ready`);
  return {
    url,
    pid: child.pid,
    /** From the start of the process to the first answer that says ready. */
    readyMs: performance.now() - began,
    stop: () => child.stop(),
  };
}

/** Removed when this process ends. @param {string} prefix */
export function passingFolder(prefix) {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** @param {import('../scripts/process/child.mjs').Child} child @param {string} url */
async function untilReady(child, url) {
  const limit = performance.now() + LIMIT_MS;
  while (child.alive() && performance.now() < limit) {
    const status = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  throw new ScriptError([...child.lines().slice(-30), 'The server did not get ready.'].join('\n'));
}
