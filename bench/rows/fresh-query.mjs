import { ask, mustBe } from '../ask.mjs';
import { askDevice, queryUrl } from '../device-answer.mjs';
import { inMs, inTimes } from '../figures.mjs';
import { compared, compareUnderLoad, effort, leastCpuMs } from '../load.mjs';
import { QUERY } from '../simulated-dingtalk.mjs';
import { DEVICE } from '../world.mjs';

/** The cost of session, permission, store and texts over the minimum of Next. @type {import('../figures.mjs').Row} */
export const freshQuery = {
  name: 'fresh-query',
  title:
    'GET /api/v1/devices/query, answer fresh, against a bare handler with the same bytes in the same build',
  async measure({ worlds, quick }) {
    const world = await worlds.common();
    const { app, dingtalk, cookie } = world;
    const holds = `"deviceId":"${DEVICE}"`;
    const bare = await bareTarget(app, await askDevice(world, DEVICE), cookie);
    const query = { name: 'query', pid: app.pid, url: queryUrl(app, DEVICE), headers: { cookie }, holds };
    await dingtalk.forgetCalls();
    const taken = await compareUnderLoad([query, { ...bare, holds }], effort(quick));
    mustBe((await dingtalk.calls(QUERY)) === 0, 'Fresh answers take no call.');
    await askDevice(world, DEVICE);
    const [ours, theirs] = [leastCpuMs(taken.query), leastCpuMs(taken.bare)];
    return [
      {
        what: 'throughput over the bare handler',
        ...compared(taken.query, taken.bare),
        unit: 'x',
        must: { least: 0.6 },
        beyond: { least: 0.85 },
      },
      {
        what: "the same by the server's processor time",
        measured: `${inTimes(theirs / ours)} (${inMs(ours)} an answer, the bare one ${inMs(theirs)})`,
        value: theirs / ours,
      },
    ];
  },
};

/**
 * The bare handler, set to answer with these bytes and checked that it does.
 * @param {import('../bench-app.mjs').App} app
 * @param {string} text
 * @param {string} cookie it reads none, but a request of the same size is the fair one
 */
export async function bareTarget(app, text, cookie) {
  const url = `${app.url}/api/bench/bare`;
  const set = await fetch(url, { method: 'PUT', body: text });
  mustBe(set.status === 204, 'The bare handler takes its bytes.', set.status);
  const answer = await ask(url);
  mustBe(answer.body.toString() === text, 'The bare handler answers with the same bytes.', answer.body);
  return { name: 'bare', pid: app.pid, url, headers: { cookie } };
}
