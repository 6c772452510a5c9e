import { execFileSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { launch } from '../scripts/process/child.mjs';
import { ScriptError } from '../scripts/process/output.mjs';
import { freePort } from '../scripts/process/ports.mjs';
import { inRoot, root } from '../scripts/toolchain/places.mjs';
import { passingFolder } from './bench-app.mjs';
import { askPage, mustShow } from './served-page.mjs';
import { signIn } from './sign-in.mjs';

const LIMIT_MS = 15 * 60_000;

/**
 * Clones what is committed, runs the demo there and waits for a page that a person can use.
 * @param {(line: string) => void} progress
 * @returns {Promise<number>} milliseconds from `npm run demo` to the page
 */
export async function demoOnFreshClone(progress) {
  const folder = passingFolder('rooms-desk-clone-');
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', root, folder]);
  return demo(folder, progress);
}

/** @param {string} folder @param {(line: string) => void} progress */
async function demo(folder, progress) {
  const port = await freePort();
  const began = performance.now();
  const child = launch('the demo', 'npm', ['run', 'demo', '--prefix', folder], {
    env: { ...process.env, PATH: pathOfAStranger(), PORT: String(port) },
    onLine: (line) => progress(`demo: ${line}`),
  });
  try {
    const url = `http://localhost:${port}`;
    while (!(await answers(url))) {
      const late = performance.now() - began > LIMIT_MS;
      if (late || !child.alive()) throw new ScriptError([...child.lines().slice(-30), 'No demo.'].join('\n'));
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    mustShow(await askPage(url, await signIn(url, 'support')), 'Rooms Desk');
    return performance.now() - began;
  } finally {
    await child.stop();
  }
}

/** Without the Node that came with our own packages: a fresh clone has none yet. */
function pathOfAStranger() {
  const ours = inRoot('node_modules', '.bin');
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => entry !== ours && !entry.includes('node_modules'))
    .join(delimiter);
}

/** @param {string} url */
function answers(url) {
  return fetch(`${url}/api/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(
    (answer) => answer.status === 200,
    () => false,
  );
}
