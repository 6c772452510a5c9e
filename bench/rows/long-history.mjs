import { ask, mustBe } from '../ask.mjs';
import { startBenchApp } from '../bench-app.mjs';
import { createDatabases, ENGINES } from '../databases.mjs';
import { inMs, inTimes } from '../figures.mjs';
import { signIn } from '../sign-in.mjs';
import { startDingTalk } from '../simulated-dingtalk.mjs';
import { quantile } from '../statistics.mjs';

const DEVICES = 10_000;
const EVENTS = 1_000_000;
const WARM = 40;

/** The measured routes by device ID. @type {Record<string, (id: string) => string>} */
const QUESTIONS = {
  'device page': (id) => `/devices/${id}`,
  'timeline, 7 days': (id) => `/api/v1/devices/${id}/history?days=7`,
  'the device a week ago': (id) =>
    `/api/v1/devices/${id}?at=${new Date(Date.now() - 7 * 86_400_000).toISOString()}`,
};

/** The cost of a long history for current pages. @type {import('../figures.mjs').Row} */
export const longHistory = {
  name: 'long-history',
  title: `${DEVICES.toLocaleString('en-US')} devices of which ${EVENTS.toLocaleString('en-US')} events, compared with as many devices without events`,
  async measure({ node, quick, progress }) {
    const databases = createDatabases(node, progress);
    const dingtalk = await startDingTalk(node);
    /** @type {import('../figures.mjs').Figure[]} */
    const figures = [];
    try {
      for (const engine of ENGINES) {
        const instances = [];
        for (const events of [0, EVENTS / DEVICES]) {
          const source = await databases.knowing(engine, DEVICES, events);
          instances.push(await startBenchApp(node, { simulatorOrigin: dingtalk.origin, ...source }));
        }
        progress(`long-history: ${engine} filled`);
        figures.push(...(await compare(engine, /** @type {any} */ (instances), quick ? 100 : 400)));
        await Promise.all(instances.map((app) => app.stop()));
      }
      return figures;
    } finally {
      await databases.stop();
      await dingtalk.stop();
    }
  },
};

/** @param {string} engine @param {[import('../bench-app.mjs').App, import('../bench-app.mjs').App]} instances @param {number} rounds */
async function compare(engine, instances, rounds) {
  // A viewer sees known data and causes no call.
  const cookies = await Promise.all(instances.map(({ url }) => signIn(url, 'viewer')));
  const first = await ask(`${instances[0].url}/api/v1/devices?limit=200`, { cookie: cookies[0] ?? '' });
  const ids = JSON.parse(first.body.toString()).items.map((/** @type {any} */ row) => row.deviceId);
  /** @type {import('../figures.mjs').Figure[]} */
  const figures = [];
  for (const [kind, path] of Object.entries(QUESTIONS)) {
    /** @type {[number[], number[]]} */
    const times = [[], []];
    for (let round = 0; round < WARM + rounds; round += 1) {
      // In turn, so that what else the machine does hits both.
      for (const [at, app] of instances.entries()) {
        const began = performance.now();
        const { status } = await ask(`${app.url}${path(ids[round % ids.length])}`, {
          cookie: cookies[at] ?? '',
        });
        const took = performance.now() - began;
        // A week ago nothing was known of most, where there was no event.
        mustBe(status === 200 || (kind.endsWith('ago') && status === 404), `${kind} is answered.`, status);
        if (round >= WARM) times[at]?.push(took);
      }
    }
    figures.push(figure(`${engine}: ${kind}, p50`, times, !kind.endsWith('ago')));
  }
  figures.push(await fleetThen(engine, instances[1], cookies[1] ?? ''));
  return figures;
}

/**
 * Snapshots of all devices at moments that are not cached. @param {string} engine @param
 * {import('../bench-app.mjs').App} app @param {string} cookie @returns {Promise<import('../figures.mjs').Figure>}
 */
async function fleetThen(engine, app, cookie) {
  const times = [];
  for (let days = 1; days <= 5; days += 1) {
    const at = new Date(Date.now() - days * 86_400_000).toISOString();
    const began = performance.now();
    const { status, body } = await ask(`${app.url}/api/v1/devices?at=${at}`, { cookie });
    times.push(performance.now() - began);
    mustBe(status === 200 && JSON.parse(body.toString()).known > 0, 'The fleet was known then.', status);
  }
  const value = quantile(times, 0.5);
  return {
    what: `${engine}: the fleet on another day, with what is other now, p50`,
    measured: inMs(value),
    value,
  };
}

/** @param {string} what @param {[number[], number[]]} times @param {boolean} isHeld @returns {import('../figures.mjs').Figure} */
function figure(what, [empty, long], isHeld) {
  const [without, value] = [quantile(empty, 0.5), quantile(long, 0.5)];
  return {
    what,
    measured: `${inMs(value)}, ${inTimes(value / without)} as long as without a past (${inMs(without)}; p95 ${inMs(quantile(long, 0.95))}, ${inMs(quantile(empty, 0.95))})`,
    value: value / without,
    unit: ' times',
    ...(isHeld && { must: { most: 1.5 }, beyond: { most: 1.1 } }),
  };
}
