/**
 * A bound that a figure is held to.
 * @typedef {{ most: number } | { least: number }} Bound
 * One line of the table: what was measured, in words and as a number. Without a `must` it is reported only.
 * @typedef {{ what: string, measured: string, value: number, unit?: string, must?: Bound, beyond?: Bound }} Figure
 * What a row measures with.
 * @typedef {{
 *   node: string, quick: boolean, freshClone: boolean, profile?: string | undefined,
 *   worlds: ReturnType<typeof import('./world.mjs').createWorlds>, progress: (line: string) => void
 * }} Bench
 * A row: a subject, and how to measure it. Throws WrongAnswer before it gives a figure that means nothing.
 * @typedef {{ name: string, title: string, measure: (bench: Bench) => Promise<Figure[]> }} Row
 */

/** `ok`, `beyond` or `short` of the bounds; `reported` when there is none. @param {Figure} figure */
export function verdict({ value, must, beyond }) {
  if (beyond && keeps(value, beyond)) return 'beyond';
  if (must) return keeps(value, must) ? 'ok' : 'short';
  return 'reported';
}

/** @param {Bound | undefined} bound @param {string} [unit] */
export function boundText(bound, unit = '') {
  if (!bound) return '';
  return 'most' in bound ? `<= ${bound.most}${unit}` : `>= ${bound.least}${unit}`;
}

/** @param {number} value @param {Bound} bound */
function keeps(value, bound) {
  return 'most' in bound ? value <= bound.most : value >= bound.least;
}

/** @param {number} ms */
export const inMs = (ms) =>
  Number.isNaN(ms) ? 'not available on this system' : `${ms.toFixed(ms < 10 ? 2 : 1)} ms`;

/** @param {number} times */
export const inTimes = (times) => `${times.toFixed(2)}x`;

/** @param {number} rate */
export const inRate = (rate) => `${Math.round(rate)}/s`;

/** @param {number} bytes */
export const inKilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
