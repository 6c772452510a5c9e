import { mustBe } from '../ask.mjs';
import { askDevice, queryUrl } from '../device-answer.mjs';
import { inMs } from '../figures.mjs';
import { QUERY } from '../simulated-dingtalk.mjs';
import { median, quantile } from '../statistics.mjs';
import { DEVICE } from '../world.mjs';

const WARM_ROUNDS = 30;
/** Rooms Desk allows 60 calls per second here; otherwise the wait for a slot would be measured. */
const BETWEEN_MS = 20;

/**
 * The cost of Rooms Desk over a direct call: connection, session, checks, and storing the answer. @type
 * {import('../figures.mjs').Row}
 */
export const live = {
  name: 'live',
  title: 'A live look-up (fresh=true), one at a time, against a bare fetch of the same upstream',
  async measure({ worlds, quick }) {
    const world = await worlds.common();
    const { app, dingtalk, cookie } = world;
    await askDevice(world, DEVICE, '&fresh=true');
    const direct = await directQuestion(dingtalk);
    const viaApp = () => timedJson(queryUrl(app, DEVICE, '&fresh=true'), { cookie });
    const hop = () => timedJson(`${app.url}/api/health/live`, {});
    const rounds = quick ? 60 : 300;
    await dingtalk.forgetCalls();
    /** @type {{ app: number, direct: number, hop: number }[]} */
    const times = [];
    for (let round = 0; round < WARM_ROUNDS + rounds; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
      const [a, b, c] = [await direct(), await viaApp(), await hop()];
      mustBe(b.body.source === 'live' && b.body.device.deviceId === DEVICE, 'A forced query calls DingTalk.');
      mustBe(a.body.result.deviceName === b.body.device.name, 'Both return the same device.');
      if (round >= WARM_ROUNDS) times.push({ direct: a.ms, app: b.ms, hop: c.ms });
    }
    const made = await dingtalk.calls(QUERY);
    mustBe(
      made === 2 * (WARM_ROUNDS + rounds),
      'Every query, direct or through Rooms Desk, is a call.',
      made,
    );
    return [addedBy(times)];
  },
};

/** @param {{ app: number, direct: number, hop: number }[]} times */
function addedBy(times) {
  const added = times.map(({ app, direct }) => app - direct);
  const value = median(added);
  const [app, direct, hop] = ['app', 'direct', 'hop'].map((way) =>
    inMs(median(times.map((time) => time[/** @type {'app'} */ (way)]))),
  );
  return {
    what: 'added latency, p50',
    measured: `${inMs(value)} (${app} against ${direct}; fastest tenth +${inMs(quantile(added, 0.1))}, p95 +${inMs(quantile(added, 0.95))}; health/live ${hop})`,
    value,
    unit: ' ms',
    must: { most: 5 },
    beyond: { most: 2 },
  };
}

/**
 * A direct call as a small script makes it, with a token. @param {import('../simulated-dingtalk.mjs').DingTalk}
 * dingtalk
 */
async function directQuestion({ origin }) {
  const token = await fetch(`${origin}/v1.0/oauth2/accessToken`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ appKey: 'dingsimulator', appSecret: 'simulator-secret' }),
  });
  const { accessToken } = /** @type {{ accessToken: string }} */ (await token.json());
  const query = new URLSearchParams({ deviceId: DEVICE, operatorUnionId: 'simOperatorUnionId' });
  const headers = { 'x-acs-dingtalk-access-token': accessToken };
  return () => timedJson(`${origin}/v1.0/rooms/devices?${query}`, headers);
}

/** @param {string} url @param {Record<string, string>} headers */
async function timedJson(url, headers) {
  const began = performance.now();
  const answer = await fetch(url, { headers });
  const body = /** @type {any} */ (await answer.json());
  const ms = performance.now() - began;
  mustBe(answer.status === 200, `${new URL(url).pathname} answers with 200.`, answer.status);
  return { ms, body };
}
