import { readFile } from 'node:fs/promises';
import { inRoot } from './places.mjs';

/**
 * The part of a lockfile that says what is installed.
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} Locked
 * @typedef {{ packages: Record<string, Locked> }} Lock
 */

/** Whether node_modules holds what package-lock.json asks for. By content: a fresh checkout has fresh dates. */
export async function isInstalled() {
  const [asked, present] = await Promise.all([
    readLock(inRoot('package-lock.json')),
    readLock(inRoot('node_modules', '.package-lock.json')),
  ]);
  return asked !== null && present !== null && whatDiffers(asked, present) === null;
}

/**
 * The first package in which two lockfiles differ, or null. Packages for other machines may be absent.
 * @param {Lock} asked
 * @param {Lock} present npm's own record of what it installed
 * @returns {string | null}
 */
export function whatDiffers(asked, present) {
  for (const [path, want] of Object.entries(asked.packages)) {
    if (path === '') continue;
    const have = present.packages[path];
    const mayBeAbsent = want.optional || want.devOptional || want.peer;
    if (have ? have.version !== want.version || have.integrity !== want.integrity : !mayBeAbsent) return path;
  }
  return Object.keys(present.packages).find((path) => !(path in asked.packages)) ?? null;
}

/** @param {string} path @returns {Promise<Lock | null>} */
async function readLock(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}
