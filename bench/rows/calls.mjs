import { mustBe } from '../ask.mjs';
import { startBenchApp } from '../bench-app.mjs';
import { createDatabases } from '../databases.mjs';
import { askDevice, queryUrl } from '../device-answer.mjs';
import { load } from '../load.mjs';
import { signIn } from '../sign-in.mjs';
import { QUERY, startDingTalk, TOKEN } from '../simulated-dingtalk.mjs';
import { DEVICE } from '../world.mjs';

const REQUESTS = 1_000;
const FIRST = 10;

/**
 * The calls that many equal queries cost the organization, by DingTalk's count. @type {import('../figures.mjs').Row}
 */
export const calls = {
  name: 'calls',
  title: 'Calls to DingTalk, as DingTalk counts them',
  async measure({ worlds, node, progress }) {
    const world = await worlds.fresh();
    try {
      const alone = [await firstQuestions(world), await manyQuestions(world)];
      return [...alone, await overTwoInstances(node, progress)];
    } finally {
      await world.stop();
    }
  },
};

/** Ten devices at once, with a server that has no token yet. @param {import('../world.mjs').World} world */
async function firstQuestions(world) {
  const { dingtalk } = world;
  const known = await dingtalk.control('GET', '/world');
  /** @type {string[]} */
  const ids = [...new Set(Object.values(known.scenarios).map((scenario) => scenario.deviceId))];
  const devices = ids.filter((id) => id && id !== DEVICE).slice(0, FIRST);
  mustBe(devices.length === FIRST, `The simulated world names ${FIRST} devices.`, devices);
  await dingtalk.forgetCalls();
  await Promise.all(devices.map((id) => askDevice(world, id)));
  const [tokens, queries] = [await dingtalk.calls(TOKEN), await dingtalk.calls(QUERY)];
  mustBe(queries === FIRST, `${FIRST} devices take ${FIRST} calls.`, queries);
  return {
    what: `${FIRST} first questions at once: token calls`,
    measured: `${tokens}`,
    value: tokens,
    must: { most: 1 },
  };
}

/** @param {import('../world.mjs').World} world */
async function manyQuestions({ app, dingtalk, cookie, ...rest }) {
  await dingtalk.forgetCalls();
  const target = { name: 'the query', url: queryUrl(app, DEVICE), headers: { cookie } };
  const { answers } = await load({ ...target, holds: `"deviceId":"${DEVICE}"` }, { amount: REQUESTS });
  mustBe(answers === REQUESTS, `All ${REQUESTS} questions are answered.`, answers);
  await askDevice({ app, dingtalk, cookie, ...rest }, DEVICE);
  const made = await dingtalk.calls(QUERY);
  return {
    what: `${REQUESTS} questions for one device, 1 instance: device calls`,
    measured: `${made}`,
    value: made,
    must: { most: 1 },
  };
}

/** The same over two instances on one database, all at once and of a device that neither knows. @param {string} node @param {(line: string) => void} progress */
async function overTwoInstances(node, progress) {
  const databases = createDatabases(node, progress);
  const dingtalk = await startDingTalk(node);
  try {
    const env = { DATABASE_URL: await databases.newPostgres() };
    const instances = [];
    for (const _ of ['one', 'other']) {
      instances.push(await startBenchApp(node, { simulatorOrigin: dingtalk.origin, env }));
    }
    await Promise.all(
      instances.map(async (app, at) => {
        const target = { name: `instance ${at + 1}`, url: queryUrl(app, DEVICE) };
        const headers = { cookie: await signIn(app.url, 'support') };
        const asked = { ...target, headers, holds: `"deviceId":"${DEVICE}"` };
        const { answers } = await load(asked, { amount: REQUESTS / instances.length });
        mustBe(answers === REQUESTS / instances.length, 'All questions are answered.', answers);
      }),
    );
    const made = await dingtalk.calls(QUERY);
    await Promise.all(instances.map((app) => app.stop()));
    return {
      what: `${REQUESTS} questions for one device, 2 instances on one PostgreSQL: device calls`,
      measured: `${made}`,
      value: made,
      must: { most: 1 },
    };
  } finally {
    await databases.stop();
    await dingtalk.stop();
  }
}
