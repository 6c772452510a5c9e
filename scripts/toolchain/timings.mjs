import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { inRoot, root } from './places.mjs';

/**
 * How long a test file took, hooks included.
 * @typedef {{ file: string, ms: number }} FileTiming
 * @typedef {{ name: string, ms: number }} PhaseTiming
 */

const SLOWEST = 10;

/** Collects what each phase and each test file of a run took. */
export function createTimings() {
  /** @type {PhaseTiming[]} */
  const phases = [];
  /** @type {FileTiming[]} */
  const files = [];
  return {
    /**
     * Measures a phase, whether it succeeds or fails.
     * @template T
     * @param {string} name
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     */
    async phase(name, work) {
      const began = performance.now();
      try {
        return await work();
      } finally {
        phases.push({ name, ms: Math.round(performance.now() - began) });
      }
    },
    /** @param {FileTiming[]} more */
    addFiles(more) {
      files.push(...more);
    },
    /** Phases in the order they ran; files, the slowest first. */
    all() {
      return { phases, files: files.toSorted((one, other) => other.ms - one.ms) };
    },
  };
}

/** The lines shown at the end of a run. @param {{ phases: PhaseTiming[], files: FileTiming[] }} timings @returns {string[]} */
export function timingLines({ phases, files }) {
  const whole = phases.reduce((sum, { ms }) => sum + ms, 0);
  return [
    'Time by phase',
    ...phases.map(({ name, ms }) => `${seconds(ms)}  ${name}`),
    `${seconds(whole)}  all`,
    ...(files.length > 0 ? [`The ${Math.min(SLOWEST, files.length)} slowest test files`] : []),
    ...files.slice(0, SLOWEST).map(({ file, ms }) => `${seconds(ms)}  ${file}`),
  ];
}

/** Writes all of it as JSON. @param {object} timings @param {string} [path] @returns {string} where, seen from the project's folder */
export function writeTimings(timings, path = inRoot('test-results', 'timings.json')) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(timings, null, 2)}\n`);
  return relative(root, path);
}

/** @param {number} ms */
const seconds = (ms) => `${(ms / 1000).toFixed(1).padStart(8)} s`;
