import { ask, mustBe } from '../ask.mjs';
import { startBenchApp } from '../bench-app.mjs';
import { createDatabases } from '../databases.mjs';
import { inTimes } from '../figures.mjs';
import { signIn } from '../sign-in.mjs';
import { startDingTalk } from '../simulated-dingtalk.mjs';

/**
 * Higher than DingTalk's 20, so that it does not take an hour; Rooms Desk keeps to it, and the simulator has no limit.
 */
const RATE = 50;
const CHECK_EVERY_MS = 100;
const SIZES = { whole: { SQLite: 10_000, PostgreSQL: 2_000 }, quick: { SQLite: 500, PostgreSQL: 500 } };

/** The duration of discovery over the minimum by the rate. @type {import('../figures.mjs').Row} */
export const discovery = {
  name: 'discovery',
  title: `Discovery of every room and device at ${RATE} calls a second of each API`,
  async measure({ node, quick, profile, progress }) {
    const databases = createDatabases(node, progress);
    try {
      const { SQLite, PostgreSQL } = quick ? SIZES.quick : SIZES.whole;
      const alone = await discover(node, SQLite, {}, profile);
      progress(`discovery: SQLite, ${SQLite} rooms done`);
      const shared = await discover(
        node,
        PostgreSQL,
        { DATABASE_URL: await databases.newPostgres() },
        profile,
      );
      return [...figures('SQLite', SQLite, alone), ...figures('PostgreSQL', PostgreSQL, shared)];
    } finally {
      await databases.stop();
    }
  },
};

/**
 * Discovery of a new installation. @param {string} node @param {number} rooms @param {Record<string, string>} more
 * @param {string | undefined} profile
 */
async function discover(node, rooms, more, profile) {
  const dingtalk = await startDingTalk(node, { rooms });
  const env = { INSTANCE_ROLE: 'all', DINGTALK_QPS: String(RATE), ...more };
  const app = await startBenchApp(node, { simulatorOrigin: dingtalk.origin, profile, env });
  try {
    const headers = { cookie: await signIn(app.url, 'admin') };
    for (;;) {
      const { run } = JSON.parse((await ask(`${app.url}/api/v1/system`, headers)).body.toString()).discovery;
      mustBe(run?.state !== 'paused', 'Discovery goes on.', run?.pausedBy);
      if (run?.state === 'done') {
        mustBe(
          run.rooms.done === rooms && run.rooms.failed + run.devices.failed === 0,
          `All of ${rooms} rooms are read.`,
          JSON.stringify(run),
        );
        const seconds = (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1_000;
        return { seconds, devices: run.devices.done, calls: await roomCalls(dingtalk) };
      }
      await new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MS));
    }
  } finally {
    await app.stop();
    await dingtalk.stop();
  }
}

/** Of the APIs that cost something. @param {import('../simulated-dingtalk.mjs').DingTalk} dingtalk */
async function roomCalls(dingtalk) {
  const byApi = Object.entries(await dingtalk.callsByApi()).filter(([api]) => api.includes('/v1.0/rooms/'));
  return byApi.map(([, { calls }]) => calls);
}

/** @param {string} engine @param {number} rooms @param {Awaited<ReturnType<typeof discover>>} found @returns {import('../figures.mjs').Figure[]} */
function figures(engine, rooms, { seconds, devices, calls }) {
  const slowest = Math.max(...calls) / RATE;
  const all = calls.reduce((sum, each) => sum + each, 0);
  const where = `${engine}, ${rooms.toLocaleString('en-US')} rooms`;
  const took = `${seconds.toFixed(1)} s for ${all} calls, ${devices} devices`;
  return [
    {
      what: `${where}: time over the busiest API's calls / rate`,
      measured: `${inTimes(seconds / slowest)} (${took})`,
      value: seconds / slowest,
      unit: 'x',
      must: { most: 1.1 },
      beyond: { most: 1.03 },
    },
    {
      what: `${where}: time over all calls / rate`,
      measured: inTimes(seconds / (all / RATE)),
      value: seconds / (all / RATE),
    },
  ];
}
