import { readFileSync } from 'node:fs';
import { ask, mustBe } from '../ask.mjs';
import { startBenchApp } from '../bench-app.mjs';
import { browse, GAUGE, KINDS } from '../browsing.mjs';
import { cpuSpentMs } from '../cpu-spent.mjs';
import { createDatabases, ENGINES } from '../databases.mjs';
import { queryUrl } from '../device-answer.mjs';
import { inMs, inTimes } from '../figures.mjs';
import { signIn } from '../sign-in.mjs';
import { startDingTalk } from '../simulated-dingtalk.mjs';
import { quantile } from '../statistics.mjs';

const PEOPLE = 20;
const SIZES = [10_000, 100_000];
/** Something changes all the time in a large fleet, and whatever was counted before is counted anew. */
const NEWS_EVERY_MS = 500;

/** @type {import('../figures.mjs').Row} */
export const lists = {
  name: 'lists',
  title: `Lists and search over HTTP, ${PEOPLE} people browsing, two readings a second coming in`,
  async measure({ node, quick, profile, progress }) {
    const databases = createDatabases(node, progress);
    const dingtalk = await startDingTalk(node);
    /** @type {import('../figures.mjs').Figure[]} */
    const figures = [];
    try {
      for (const engine of ENGINES) {
        /** @type {number[]} */
        const ninetyFifths = [];
        for (const devices of SIZES) {
          const source = await databases.knowing(engine, devices);
          const app = await startBenchApp(node, { simulatorOrigin: dingtalk.origin, profile, ...source });
          const taken = await browseApp({ app, dingtalk, devices, seconds: quick ? 10 : 40 });
          await app.stop();
          progress(`lists: ${engine}, ${devices} devices done`);
          const all = Object.keys(KINDS).flatMap((kind) => taken.times[kind] ?? []);
          ninetyFifths.push(quantile(all, 0.95));
          figures.push(...figuresOf(`${engine}, ${inThousands(devices)}`, devices, all, taken));
        }
        figures.push(growth(engine, ninetyFifths));
      }
      return figures;
    } finally {
      await databases.stop();
      await dingtalk.stop();
    }
  },
};

/**
 * @param {{ app: import('../bench-app.mjs').App, dingtalk: import('../simulated-dingtalk.mjs').DingTalk, devices:
 * number, seconds: number }} options
 */
async function browseApp({ app, dingtalk, devices, seconds }) {
  const accounts = /** @type {const} */ (['support', 'admin']);
  const cookies = await Promise.all(
    Array.from({ length: PEOPLE }, (_, at) => signIn(app.url, accounts[at % 2] ?? 'support')),
  );
  const [cookie = ''] = cookies;
  const first = JSON.parse((await ask(`${app.url}/api/v1/devices`, { cookie })).body.toString());
  mustBe(first.known > devices * 0.98, `Rooms Desk knows ${devices} devices.`, first.known);
  const news = await newsOf(app, dingtalk, cookie);
  // The first run of the compiler and of the sort orders is not measured.
  await browse({ url: app.url, cookies: cookies.slice(0, 4), devices, seconds: 5 });
  const before = cpuSpentMs(app.pid);
  const times = await browse({ url: app.url, cookies, devices, seconds });
  const cpuMs = cpuSpentMs(app.pid) - before;
  const memory = memoryOf(app.pid);
  await news.stop();
  return { times, memory, cpuMs };
}

/**
 * Readings that arrive while people browse. @param {import('../bench-app.mjs').App} app @param
 * {import('../simulated-dingtalk.mjs').DingTalk} dingtalk @param {string} cookie
 */
async function newsOf(app, dingtalk, cookie) {
  const { scenarios } = await dingtalk.control('GET', '/world');
  const ids = [...new Set(Object.values(scenarios).map((/** @type {any} */ one) => one.deviceId))].filter(
    Boolean,
  );
  let [going, count] = [true, 0];
  const coming = (async () => {
    while (going) {
      const { status } = await ask(queryUrl(app, ids[count % ids.length], '&fresh=true'), { cookie });
      mustBe(status === 200, 'A reading comes in.', status);
      count += 1;
      await new Promise((resolve) => setTimeout(resolve, NEWS_EVERY_MS));
    }
  })();
  return {
    stop: () => {
      going = false;
      return coming;
    },
  };
}

/** @param {string} where @param {number} devices @param {number[]} all @param {Awaited<ReturnType<typeof browseApp>>} taken @returns {import('../figures.mjs').Figure[]} */
function figuresOf(where, devices, all, { times, memory, cpuMs }) {
  const summarize = (/** @type {number[]} */ some) =>
    `p50 ${inMs(quantile(some, 0.5))}, p95 ${inMs(quantile(some, 0.95))}, p99 ${inMs(quantile(some, 0.99))}`;
  const kinds = [...Object.keys(KINDS), GAUGE].map((kind) => ({
    what: `${where}: ${kind}`,
    measured: summarize(times[kind] ?? []),
    value: quantile(times[kind] ?? [], 0.95),
  }));
  const largest = devices === Math.max(...SIZES);
  return [
    {
      what: `${where}: all, p95`,
      measured: `${summarize(all)} (${all.length} answers)`,
      value: quantile(all, 0.95),
      unit: ' ms',
      must: { most: 100 },
      beyond: { most: 20 },
    },
    ...kinds,
    {
      what: `${where}: the server's processor time for an answer, everything in it`,
      measured: inMs(cpuMs / all.length),
      value: cpuMs / all.length,
    },
    {
      what: `${where}: memory of the server after that`,
      measured: `${Math.round(memory.now)} MiB (at most ${Math.round(memory.most)} MiB)`,
      value: memory.now,
      unit: ' MiB',
      ...(largest && { must: { most: 512 }, beyond: { most: 300 } }),
    },
  ];
}

/** @param {string} engine @param {number[]} ninetyFifths */
function growth(engine, [small = Number.NaN, large = Number.NaN]) {
  return {
    what: `${engine}: p95 at 100,000 over 10,000`,
    measured: inTimes(large / small),
    value: large / small,
    unit: 'x',
    beyond: { most: 3 },
  };
}

/** Resident, in MiB; Linux only. @param {number | undefined} pid */
function memoryOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const mebibytes = (/** @type {string} */ name) =>
      Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
    return { now: mebibytes('VmRSS'), most: mebibytes('VmHWM') };
  } catch {
    return { now: Number.NaN, most: Number.NaN };
  }
}

const inThousands = (/** @type {number} */ count) => count.toLocaleString('en-US');
