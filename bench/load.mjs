import autocannon from 'autocannon';
import { mustBe } from './ask.mjs';
import { cpuSpentMs } from './cpu-spent.mjs';
import { inRate, inTimes } from './figures.mjs';
import { median } from './statistics.mjs';

/**
 * Something to be put under load.
 * @typedef {{ name: string, url: string, pid?: number | undefined, headers?: Record<string, string>, holds: string }} Target
 *   `holds` must be in every answer; `pid` is the server's process
 * What it took, pass by pass: answers a second, and milliseconds of the server's processor for each answer.
 * @typedef {{ rates: number[], cpuMs: number[] }} Taken
 */

export const CONNECTIONS = 50;

/** @type {Taken} */
const NOTHING = { rates: [], cpuMs: [] };

/** How much of it; stated under the table. @param {boolean} quick */
export const effort = (quick) => (quick ? { passes: 3, seconds: 2 } : { passes: 7, seconds: 4 });

/**
 * Loads the targets in turn, pass after pass, so that what the machine does meanwhile falls on all of them.
 * @param {Target[]} targets
 * @param {{ passes: number, seconds: number }} effort
 * @returns {Promise<Record<string, Taken>>} by the target's name
 */
export async function compareUnderLoad(targets, { passes, seconds }) {
  // The first pass only warms: compilers, connections, caches.
  for (const target of targets) await load(target, { duration: Math.min(2, seconds) });
  /** @type {Record<string, Taken>} */
  const taken = Object.fromEntries(targets.map(({ name }) => [name, { rates: [], cpuMs: [] }]));
  for (let pass = 0; pass < passes; pass += 1) {
    // Each goes first as often as any other.
    const order = targets.map((_, place) => targets[(place + pass) % targets.length] ?? targets[0]);
    for (const target of order) {
      if (!target) continue;
      const before = cpuSpentMs(target.pid);
      const { rate, answers } = await load(target, { duration: seconds });
      taken[target.name]?.rates.push(rate);
      taken[target.name]?.cpuMs.push((cpuSpentMs(target.pid) - before) / answers);
    }
  }
  return taken;
}

/**
 * Throughput of one over another: the middle of the passes' ratios, which is steadier than the ratio of the middles.
 * @param {Taken | undefined} ours
 * @param {Taken | undefined} theirs
 */
export function compared(ours = NOTHING, theirs = NOTHING) {
  const [our, their] = [median(ours.rates), median(theirs.rates)];
  const value = median(ours.rates.map((rate, pass) => rate / (theirs.rates[pass] ?? Number.NaN)));
  return { value, measured: `${inTimes(value)} (${inRate(our)} over ${inRate(their)})` };
}

/** The least of the passes: others on the machine can only make it more. @param {Taken | undefined} taken */
export function leastCpuMs(taken = NOTHING) {
  return Math.min(...taken.cpuMs);
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
