import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ScriptError, timed } from '../scripts/process/output.mjs';
import { fingerprint } from '../scripts/toolchain/build-state.mjs';
import { inRoot, root } from '../scripts/toolchain/places.mjs';
import { runTool } from '../scripts/toolchain/tools.mjs';

/** A copy of the product with the pages and handlers it is compared to, which must not ship in the product itself. */
export const benchApp = inRoot('bench', '.apps', 'desk');

const overlay = inRoot('bench', 'overlay');
const stamp = join(benchApp, '.next', 'rooms-desk-bench-build');

const FOLDERS = ['app', 'components', 'lib', 'public'];
/** The copy has its own next.config; the .env of a real installation must not be used. */
const LEFT_OUT = /^(\.|next\.config\.|package-lock\.json$|next-env\.d\.ts$)|\.(md|tsbuildinfo)$/;

/** Builds the copy when the sources changed since the last time. @param {string} node */
export async function buildBenchApp(node) {
  await copySources();
  const print = await buildPrint();
  const [built, id] = await Promise.all([stamp, join(benchApp, '.next', 'BUILD_ID')].map(read));
  if (id !== null && built === print) return;
  await timed('Building the product with the compared handlers', () => build(node, print));
}

/** @param {string} node @param {string} print */
async function build(node, print) {
  // An earlier build must not affect the measurement.
  await rm(join(benchApp, '.next'), { recursive: true, force: true });
  const code = await runTool(node, 'next', ['build', benchApp], { env: { NODE_ENV: 'production' } });
  if (code !== 0) throw new ScriptError('The build of the product with the compared handlers failed.');
  await writeFile(stamp, print);
}

async function copySources() {
  await mkdir(benchApp, { recursive: true });
  for (const folder of FOLDERS) {
    await rm(join(benchApp, folder), { recursive: true, force: true });
    await cp(inRoot(folder), join(benchApp, folder), { recursive: true });
  }
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (entry.isFile() && !LEFT_OUT.test(entry.name)) {
      await cp(inRoot(entry.name), join(benchApp, entry.name));
    }
  }
  await cp(overlay, benchApp, { recursive: true });
  // A link, so that the product's packages come before those of bench/node_modules, which is nearer.
  await symlink('../../../node_modules', join(benchApp, 'node_modules'), 'dir').catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/** The product's own print too: it covers the configuration and the lockfile, which are not copied. */
async function buildPrint() {
  const prints = await Promise.all([root, benchApp].map((base) => fingerprint(base)));
  return [...prints, await read(inRoot('bench', 'package-lock.json'))].join('\n');
}

/** @param {string} path */
function read(path) {
  return readFile(path, 'utf8').catch(() => null);
}
