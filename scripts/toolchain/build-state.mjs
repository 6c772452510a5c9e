import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { inRoot, root } from './places.mjs';

/** What ends up in a build. Tests, scripts and documents do not. */
const FOLDERS = ['app', 'components', 'lib', 'public'];
const TOP_FILES =
  /^(next\.config|postcss\.config|instrumentation|instrumentation-client|proxy)\.\w+$|^package(-lock)?\.json$/;

const stamp = inRoot('.next', 'rooms-desk-build');

/** Whether `.next` was built from the sources as they are now. */
export async function isBuilt() {
  const [id, built, now] = await Promise.all([read(inRoot('.next', 'BUILD_ID')), read(stamp), fingerprint()]);
  return id !== null && built === now;
}

/** @param {string} print the fingerprint taken before the build began */
export function markBuilt(print) {
  return writeFile(stamp, print);
}

/** One hash over names and contents of everything that ends up in a build. */
export async function fingerprint(/** @type {string} */ base = root) {
  const hash = createHash('sha256');
  for (const path of await sources(base)) {
    hash
      .update(`${relative(base, path)}\0`)
      .update(await readFile(path))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} base */
async function sources(base) {
  const top = await entries(base);
  const files = top
    .filter((entry) => entry.isFile() && TOP_FILES.test(entry.name))
    .map((entry) => join(base, entry.name));
  const nested = await Promise.all(FOLDERS.map((folder) => walk(join(base, folder))));
  return [...files, ...nested.flat()].sort();
}

/** @param {string} folder @returns {Promise<string[]>} */
async function walk(folder) {
  const found = await Promise.all(
    (await entries(folder)).map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
    }),
  );
  return found.flat();
}

/** @param {string} folder */
function entries(folder) {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}

/** @param {string} path */
function read(path) {
  return readFile(path, 'utf8').catch(() => null);
}
