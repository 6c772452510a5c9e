import { ask, mustBe } from './ask.mjs';
import {
  buildingId,
  CHINESE,
  cityId,
  deviceId,
  deviceName,
  ENGLISH,
  MODELS,
  macOf,
  STATES,
} from './believable-fleet.mjs';

/** The pace of a person: read the result, then click. */
const THINK_MS = { least: 200, most: 400 };

/**
 * What a person does next, and what must then be true of the answer.
 * @typedef {{ path: string, right: (answer: any) => boolean }} Step
 * @typedef {{ devices: number, next: string | null, random: (below: number) => number }} Person
 */

/** The requests of a person with that many devices, by kind. @type {Record<string, (person: Person) => Step | null>} */
export const KINDS = {
  list: () => list('', full),
  'next page': ({ next }) => next && list(`cursor=${next}`, full),
  'one status': ({ random }) => {
    const [state] = STATES[random(3)] ?? [];
    return list(
      `status=${state}`,
      each((row) => row.status.state === state),
    );
  },
  'model and group': ({ random }) => {
    const [model] = MODELS[random(3)] ?? [];
    const group = random(3) === 0 ? cityId(random(10)) : buildingId(random(17));
    return list(
      `model=${model}&group=${group}`,
      each((row) => row.model === model && row.group !== null),
    );
  },
  'last seen first': () =>
    list(
      'sort=-seen',
      sortedBy((row) => Date.parse(row.observedAt)),
    ),
  'names downwards': () => list('sort=-name', full),
  'best first': () => list('sort=-status', full),
  'counts of a firmware': ({ random }) => {
    const [, , firmwares = []] = /** @type {[string, number, string[]]} */ (MODELS[random(4)] ?? []);
    const firmware = firmwares[random(firmwares.length)];
    return list(
      `firmware=${firmware}&limit=1`,
      ({ total, facets }) =>
        facets.status.reduce(
          (/** @type {number} */ sum, /** @type {any} */ one) =>
            sum + (one.value === 'removed' ? 0 : one.count),
          0,
        ) === total,
    );
  },
  'English name': ({ random }) => {
    const word = (ENGLISH[random(8)] ?? '').slice(0, 3 + random(3));
    return list(
      `q=${word}`,
      each((row) => row.name.toLowerCase().includes(word.toLowerCase())),
    );
  },
  'Chinese name': ({ random }) => {
    const word = CHINESE[random(8)] ?? '';
    return list(
      `q=${encodeURIComponent(word)}`,
      each((row) => row.name.includes(word)),
    );
  },
  'beginning of a MAC': ({ random, devices }) => {
    const mac = macOf(random(devices), 0).slice(0, 14);
    return list(
      `q=${mac}`,
      each((row) => row.mac.startsWith(mac)),
    );
  },
  'search: id': ({ random, devices }) => {
    const id = deviceId(random(devices));
    return find(id, id);
  },
  'search: MAC': ({ random, devices }) => {
    const at = random(devices);
    return find(macOf(at, 0), deviceId(at));
  },
  'search: name': ({ random, devices }) => {
    const at = random(devices);
    return find(deviceName(at), deviceId(at));
  },
  'search: ticket': ({ random, devices }) => {
    const [one, other] = [random(devices), random(devices)];
    return find(ticket(one, other), deviceId(one));
  },
};

/** Something of the same server that does nothing, as a gauge of the machine. */
export const GAUGE = 'health/live, meanwhile';

/** @param {any} answer */
const full = ({ items }) => items.length === 50;
const each =
  (/** @type {(row: any) => boolean} */ holds) =>
  (/** @type {any} */ { items }) =>
    items.length > 0 && items.every(holds);
const sortedBy =
  (/** @type {(row: any) => number} */ value) =>
  (/** @type {any} */ { items }) =>
    items.length === 50 &&
    items.every(
      (/** @type {any} */ row, /** @type {number} */ at) => at === 0 || value(row) <= value(items[at - 1]),
    );

/** @param {string} query @param {Step['right']} right @returns {Step} */
const list = (query, right) => ({ path: `/api/v1/devices?${query}`, right });

/** @param {string} text @param {string} id @returns {Step} */
const find = (text, id) => ({
  path: `/api/v1/search?q=${encodeURIComponent(text)}`,
  right: ({ matches }) => matches.some((/** @type {any} */ match) => match.id === id),
});

/** @param {number} one @param {number} other */
const ticket = (one, other) =>
  [
    `工单 ${10_000 + one}：会议室大屏无法投屏，昨天下午开始。`,
    `The unit "${deviceName(one)}" (device id: ${deviceId(one)}) does not join meetings since the update.`,
    `MAC ${macOf(other, 0)}, 10.20.30.40; 请尽快处理，谢谢！ Reported by the front desk, see also ${deviceName(other)}.`,
    ...Array.from(
      { length: 6 },
      (_, line) => `> ${line + 1}: checked the cable, restarted twice, same as before 仍然离线`,
    ),
  ].join('\n');

/**
 * Lets people browse for a time, each with a session, and checks every response.
 * @param {{ url: string, cookies: string[], devices: number, seconds: number }} options
 * @returns {Promise<Record<string, number[]>>} milliseconds by kind
 */
export async function browse({ url, cookies, devices, seconds }) {
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries([...Object.keys(KINDS), GAUGE].map((kind) => [kind, []]));
  const end = performance.now() + seconds * 1_000;
  const person = async (/** @type {string} */ cookie, /** @type {number} */ number) => {
    const random = seeded(number);
    /** @type {Person} */
    const who = { devices, next: null, random };
    await pause(random(THINK_MS.most));
    while (performance.now() < end) {
      for (const kind of shuffled(Object.keys(KINDS), random)) {
        const step = KINDS[kind]?.(who);
        if (!step || performance.now() >= end) continue;
        const { status, body, ms } = await ask(url + step.path, { cookie });
        const answer = JSON.parse(body.toString());
        mustBe(
          status === 200 && step.right(answer),
          `${kind}: ${step.path} is answered rightly.`,
          `${status} ${body}`,
        );
        times[kind]?.push(ms);
        if (kind === 'list') who.next = answer.nextCursor;
        await pause(THINK_MS.least + random(THINK_MS.most - THINK_MS.least));
      }
    }
  };
  const gauge = async () => {
    while (performance.now() < end) {
      times[GAUGE]?.push((await ask(`${url}/api/health/live`)).ms);
      await pause(THINK_MS.least);
    }
  };
  await Promise.all([...cookies.map(person), gauge()]);
  return times;
}

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The same people every time. @param {number} seed */
function seeded(seed) {
  let state = seed + 1;
  return (/** @type {number} */ below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((state / 0x8000_0000) * below);
  };
}

/** @param {string[]} all @param {(below: number) => number} random */
function shuffled(all, random) {
  return all
    .map((one) => ({ one, place: random(1_000_000) }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}
