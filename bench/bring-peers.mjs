import { readFile } from 'node:fs/promises';
import { launch } from '../scripts/process/child.mjs';
import { ScriptError, timed } from '../scripts/process/output.mjs';
import { whatDiffers } from '../scripts/toolchain/installed.mjs';
import { inRoot } from '../scripts/toolchain/places.mjs';
import { toolEnvironment } from '../scripts/toolchain/prerequisites.mjs';

const bench = inRoot('bench');

/** Installs the peers and gauges beside the product, when they are not there yet. */
export async function bringPeers() {
  const [asked, present] = await Promise.all(
    [`${bench}/package-lock.json`, `${bench}/node_modules/.package-lock.json`].map(readLock),
  );
  if (asked && present && whatDiffers(asked, present, 'develop') === null) return;
  await timed('Installing what to measure with', install);
}

async function install() {
  const npmFlags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const child = launch('npm ci', npm, ['ci', '--prefix', bench, ...npmFlags], { env: toolEnvironment() });
  const { code } = await child.exited;
  if (code !== 0) throw new ScriptError([...child.lines().slice(-30), 'npm ci in bench failed.'].join('\n'));
}

/** @param {string} path @returns {Promise<import('../scripts/toolchain/installed.mjs').Lock | null>} */
async function readLock(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}
