/** Output for the terminal, and the start and end of a script. */

/** A failure whose message is all a person needs; shown without a stack. */
export class ScriptError extends Error {}

// The reader of the output may be gone; started processes must still be stopped.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

/** @param {string} [line] */
export function print(line = '') {
  process.stdout.write(`${line}\n`);
}

/** @param {number} since a `performance.now()` */
export function tookSince(since) {
  const seconds = (performance.now() - since) / 1000;
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}

const TICK_MS = 1_000;

/**
 * Prints the step and, on the same line, its duration. At a terminal the seconds count up meanwhile.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function timed(what, work) {
  const began = performance.now();
  process.stdout.write(`${what} ... `);
  const atTerminal = process.stdout.isTTY;
  // At a terminal each output overwrites the seconds; other outputs get one line.
  const back = atTerminal ? `\r${what} ... ` : '';
  const tick = () => process.stdout.write(`${back}${Math.round((performance.now() - began) / 1000)} s`);
  const ticking = atTerminal ? setInterval(tick, TICK_MS) : undefined;
  try {
    const result = await work();
    print(`${back}${tookSince(began)}`);
    return result;
  } catch (error) {
    print(`${back}failed after ${tookSince(began)}`);
    throw error;
  } finally {
    clearInterval(ticking);
  }
}

/** The message for a failure. @param {unknown} error */
export function errorText(error) {
  if (error instanceof ScriptError) return error.message;
  return String(error instanceof Error ? error.stack : error);
}
