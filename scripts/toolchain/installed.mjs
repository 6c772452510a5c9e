import { readFile } from 'node:fs/promises';
import { inRoot } from './places.mjs';

/**
 * The part of a lockfile that says what is installed.
 * @typedef {{
 *   version?: string, integrity?: string, dev?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean
 * }} Locked
 * @typedef {{ packages: Record<string, Locked> }} Lock
 */

/**
 * What packages are installed for: `run` is enough to build and to run, `develop` adds what checks and tests need
 * (devDependencies in package.json).
 * @typedef {'run' | 'develop'} Purpose
 */

/**
 * Whether node_modules holds what package-lock.json asks for. By content: a fresh checkout has fresh dates.
 * @param {Purpose} purpose
 */
export async function isInstalled(purpose) {
  const [asked, present] = await Promise.all([readLock(inRoot('package-lock.json')), installed()]);
  return asked !== null && present !== null && whatDiffers(asked, present, purpose) === null;
}

/** Whether node_modules holds packages that only development needs. */
export async function hasDevelopmentPackages() {
  const present = await installed();
  return Object.values(present?.packages ?? {}).some(({ dev }) => dev);
}

/** npm's own record of what it installed. */
function installed() {
  return readLock(inRoot('node_modules', '.package-lock.json'));
}

/**
 * The first package in which two lockfiles differ, or null. Packages for other machines may be absent.
 * @param {Lock} asked
 * @param {Lock} present npm's own record of what it installed
 * @param {Purpose} purpose for `run`, packages for development may be absent or of another version
 * @returns {string | null}
 */
export function whatDiffers(asked, present, purpose) {
  const matters = (/** @type {Locked} */ { dev }) => purpose === 'develop' || !dev;
  for (const [path, want] of Object.entries(asked.packages)) {
    if (path === '' || !matters(want)) continue;
    const have = present.packages[path];
    const mayBeAbsent = want.optional || want.devOptional || want.peer;
    if (have ? have.version !== want.version || have.integrity !== want.integrity : !mayBeAbsent) return path;
  }
  const surplus = Object.entries(present.packages).find(
    ([path, have]) => !(path in asked.packages) && matters(have),
  );
  return surplus?.[0] ?? null;
}

/** @param {string} path @returns {Promise<Lock | null>} */
async function readLock(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}
