import { mustBe } from '../ask.mjs';
import { askDevice, queryUrl } from '../device-answer.mjs';
import { load } from '../load.mjs';
import { QUERY, TOKEN } from '../simulated-dingtalk.mjs';
import { DEVICE } from '../world.mjs';

const REQUESTS = 1_000;
const FIRST = 10;

/** What many people asking the same thing cost the organisation, as DingTalk itself counts. @type {import('../figures.mjs').Row} */
export const calls = {
  name: 'calls',
  title: 'Calls to DingTalk, as DingTalk counts them, 1 instance',
  async measure({ worlds }) {
    const world = await worlds.fresh();
    try {
      return [await firstQuestions(world), await manyQuestions(world)];
    } finally {
      await world.stop();
    }
  },
};

/** Ten devices at once, by a desk that has no token yet. @param {import('../world.mjs').World} world */
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
async function manyQuestions({ desk, dingtalk, cookie, ...rest }) {
  await dingtalk.forgetCalls();
  const target = { name: 'the query', url: queryUrl(desk, DEVICE), headers: { cookie } };
  const { answers } = await load({ ...target, holds: `"deviceId":"${DEVICE}"` }, { amount: REQUESTS });
  mustBe(answers === REQUESTS, `All ${REQUESTS} questions are answered.`, answers);
  await askDevice({ desk, dingtalk, cookie, ...rest }, DEVICE);
  const made = await dingtalk.calls(QUERY);
  return {
    what: `${REQUESTS} questions for one device: device calls`,
    measured: `${made}`,
    value: made,
    must: { most: 1 },
  };
}
