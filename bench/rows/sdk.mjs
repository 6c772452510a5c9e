import { ask, mustBe } from '../ask.mjs';
import { askDevice, queryUrl } from '../device-answer.mjs';
import { inRate, inTimes } from '../figures.mjs';
import { compared, compareUnderLoad, effort, rightAnswersASecond } from '../load.mjs';
import { QUERY } from '../simulated-dingtalk.mjs';
import { DEVICE } from '../world.mjs';

/** DingTalk without latency, and over a network. The real latency is unknown. */
const LATENCIES_MS = [0, 50];
/** What DingTalk allows an app for one API; every other row has it off. */
const DINGTALK_QPS = 20;

/** Compared with what a team would write without Rooms Desk. @type {import('../figures.mjs').Row} */
export const sdk = {
  name: 'sdk',
  title: 'The same against a plain handler on the official SDK, asked per request with its token kept',
  async measure({ worlds, quick }) {
    const world = await worlds.common();
    try {
      const figures = [];
      for (const latencyMs of LATENCIES_MS) figures.push(await compare(world, quick, latencyMs));
      figures.push(await compareWithTokenEach(world, quick));
      return [...figures, await compareWithinLimits(world, quick)];
    } finally {
      await world.dingtalk.control('PUT', '/limits', { latencyMs: 0, qps: 0 });
    }
  },
};

/** @param {import('../world.mjs').World} world @param {boolean} quick @param {number} latencyMs */
async function compare(world, quick, latencyMs) {
  const { dingtalk } = world;
  await dingtalk.control('PUT', '/limits', { latencyMs });
  const both = targets(world);
  await Promise.all([askDevice(world, DEVICE), checkPeer(world, both.sdk.url)]);
  await dingtalk.forgetCalls();
  const taken = await compareUnderLoad([both.query, both.sdk], effort(quick));
  mustBe((await dingtalk.calls(QUERY)) > 0, 'The SDK calls DingTalk for every request.');
  return {
    what: `throughput over the SDK, DingTalk answers in ${latencyMs} ms`,
    ...compared(taken.query, taken.sdk),
    unit: 'x',
    // The bound is for the harder one: with DingTalk far away the SDK only gets slower.
    ...(latencyMs === 0 && { must: { least: 2 }, beyond: { least: 5 } }),
  };
}

/**
 * The plainest handler fetches a token for every query. @param {import('../world.mjs').World} world @param {boolean}
 * quick
 */
async function compareWithTokenEach(world, quick) {
  await world.dingtalk.control('PUT', '/limits', { latencyMs: 0 });
  const { query, sdk: kept } = targets(world);
  const sdk = { ...kept, url: `${kept.url}&token=each` };
  await checkPeer(world, sdk.url);
  const taken = await compareUnderLoad([query, sdk], effort(quick));
  return {
    what: 'throughput over the SDK, a token fetched for every question',
    ...compared(taken.query, taken.sdk),
    unit: 'x',
  };
}

/**
 * With DingTalk's real limit, most calls of the SDK are refused. @param {import('../world.mjs').World} world @param
 * {boolean} quick
 */
async function compareWithinLimits(world, quick) {
  const { query, sdk } = targets(world);
  await world.dingtalk.control('PUT', '/limits', { latencyMs: 0, qps: DINGTALK_QPS });
  // The limit covers the last second, in which there was none.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const { seconds } = effort(quick);
  const theirs = await rightAnswersASecond(sdk, seconds);
  const ours = await rightAnswersASecond(query, seconds);
  mustBe(theirs > 0, 'The handler on the SDK answers within the limit.');
  return {
    what: `right answers over the SDK, DingTalk allows ${DINGTALK_QPS} calls/s`,
    measured: `${inTimes(ours / theirs)} (${inRate(ours)} over ${inRate(theirs)})`,
    value: ours / theirs,
    unit: 'x',
  };
}

/** @param {import('../world.mjs').World} world */
function targets({ app, cookie }) {
  const alike = { headers: { cookie }, holds: `"deviceId":"${DEVICE}"` };
  return {
    query: { name: 'query', url: queryUrl(app, DEVICE), ...alike },
    sdk: { name: 'sdk', url: `${app.url}/bench/sdk?deviceId=${DEVICE}`, ...alike },
  };
}

/** @param {import('../world.mjs').World} world @param {string} url */
async function checkPeer({ dingtalk }, url) {
  const [answer, truth] = await Promise.all([ask(url), dingtalk.device(DEVICE)]);
  mustBe(
    answer.status === 200,
    'The handler on the SDK answers with 200.',
    `${answer.status} ${answer.body}`,
  );
  const said = JSON.parse(answer.body.toString());
  const same = said.deviceId === truth.deviceId && said.deviceName === truth.deviceName;
  mustBe(same, 'The handler on the SDK answers with the device.', answer.body);
}
