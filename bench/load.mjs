import autocannon from 'autocannon';
import { mustBe } from './ask.mjs';
import { median } from './statistics.mjs';

/**
 * Something to be put under load.
 * @typedef {{ name: string, url: string, headers?: Record<string, string>, holds: string }} Target
 *   `holds` must be in every answer
 */

export const CONNECTIONS = 50;

/** How much of it; stated under the table. @param {boolean} quick */
export const effort = (quick) => (quick ? { passes: 3, seconds: 2 } : { passes: 7, seconds: 4 });

/**
 * Loads the targets in turn, pass after pass, so that what the machine does meanwhile falls on all of them.
 * @param {Target[]} targets
 * @param {{ passes: number, seconds: number }} effort
 * @returns {Promise<Record<string, number[]>>} requests per second of each pass, by the target's name
 */
export async function compareUnderLoad(targets, { passes, seconds }) {
  // The first pass only warms: compilers, connections, caches.
  for (const target of targets) await load(target, { duration: Math.min(2, seconds) });
  /** @type {Record<string, number[]>} */
  const rates = Object.fromEntries(targets.map(({ name }) => [name, []]));
  for (let pass = 0; pass < passes; pass += 1) {
    // Each goes first as often as any other.
    const order = targets.map((_, place) => targets[(place + pass) % targets.length] ?? targets[0]);
    for (const target of order) {
      if (target) rates[target.name]?.push((await load(target, { duration: seconds })).rate);
    }
  }
  return rates;
}

/** The middle of the ratios of the passes, which is steadier than the ratio of the middles. @param {number[]} ours @param {number[]} theirs */
export function ratio(ours, theirs) {
  return median(ours.map((value, pass) => value / (theirs[pass] ?? Number.NaN)));
}

/**
 * Sends requests over 50 connections, for a time or a number of them, and checks every answer.
 * @param {Target} target
 * @param {{ duration: number } | { amount: number }} much
 */
export async function load({ name, url, headers = {}, holds }, much) {
  const { right, wrong, seconds } = await send({ url, headers, holds }, much);
  const good = Object.values(wrong).every((count) => count === 0);
  mustBe(good, `Every answer of ${name} is a 200 that holds ${holds}.`, JSON.stringify(wrong));
  return { answers: right, rate: right / seconds };
}

/**
 * Right answers a second, where some may be refused.
 * @param {Target} target
 * @param {number} duration in seconds
 */
export async function rightAnswersASecond({ url, headers = {}, holds }, duration) {
  const { right, seconds } = await send({ url, headers, holds }, { duration });
  return right / seconds;
}

/** @param {{ url: string, headers: Record<string, string>, holds: string }} target @param {object} much */
async function send({ url, headers, holds }, much) {
  let right = 0;
  const verifyBody = (/** @type {string} */ body) => {
    const holdsIt = body.includes(holds);
    if (holdsIt) right += 1;
    return holdsIt;
  };
  const result = await autocannon({ url, headers, connections: CONNECTIONS, ...much, verifyBody });
  const { errors, timeouts, mismatches, non2xx } = result;
  return { right, wrong: { errors, timeouts, mismatches, non2xx }, seconds: result.duration };
}
