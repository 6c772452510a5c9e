import { mustBe } from '../ask.mjs';
import { startBenchApp } from '../bench-app.mjs';
import { createDatabases } from '../databases.mjs';
import { queryUrl } from '../device-answer.mjs';
import { inMs } from '../figures.mjs';
import { signIn } from '../sign-in.mjs';
import { startDingTalk } from '../simulated-dingtalk.mjs';
import { quantile } from '../statistics.mjs';
import { DEVICE } from '../world.mjs';
import { openStream } from './live-update.mjs';

const WARM_ROUNDS = 5;
const BETWEEN_MS = 60;
const STATES = ['idle', 'conf_running', 'projection', 'white_board'];

/** The time from an event to an open page. @type {import('../figures.mjs').Row} */
export const eventVisible = {
  name: 'event-visible',
  title: 'From the order to DingTalk to push an event down the stream to the word of it in an open page',
  async measure({ node, quick, progress }) {
    const databases = createDatabases(node, progress);
    const dingtalk = await startDingTalk(node);
    try {
      const env = { DATABASE_URL: await databases.newPostgres(), DINGTALK_EVENTS: 'stream' };
      // One instance runs the jobs, the other has the page.
      const listening = await startBenchApp(node, {
        simulatorOrigin: dingtalk.origin,
        env: { ...env, INSTANCE_ROLE: 'worker' },
      });
      const watched = await startBenchApp(node, { simulatorOrigin: dingtalk.origin, env });
      const cookie = await signIn(watched.url, 'support');
      const { status } = await fetch(queryUrl(watched, DEVICE, '&fresh=true'), { headers: { cookie } });
      mustBe(status === 200, 'The device is known.', status);
      await untilListening(dingtalk);
      const stream = await openStream(watched.url, cookie);
      const times = [];
      for (let round = 0; round < WARM_ROUNDS + (quick ? 60 : 300); round += 1) {
        await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
        const received = stream.next();
        const began = Date.now();
        const properties = { dev_app_status: STATES[round % STATES.length] };
        await dingtalk.control('POST', '/events', {
          type: 'property',
          deviceId: DEVICE,
          transport: 'stream',
          properties,
        });
        if (round >= WARM_ROUNDS) times.push((await received) - began);
        else await received;
      }
      stream.close();
      await Promise.all([listening.stop(), watched.stop()]);
      return [figure(times)];
    } finally {
      await databases.stop();
      await dingtalk.stop();
    }
  },
};

/** @param {import('../simulated-dingtalk.mjs').DingTalk} dingtalk */
async function untilListening(dingtalk) {
  for (let tries = 0; tries < 300; tries += 1) {
    const { stream } = await dingtalk.control('GET', '/events');
    if (stream.connections.open.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Nobody listens to the stream.');
}

/** @param {number[]} times @returns {import('../figures.mjs').Figure} */
function figure(times) {
  const value = quantile(times, 0.95);
  return {
    what: 'one instance listens, another has the page, p95',
    measured: `${inMs(value)} (p50 ${inMs(quantile(times, 0.5))}, p99 ${inMs(quantile(times, 0.99))})`,
    value,
    unit: ' ms',
    must: { most: 1_000 },
    beyond: { most: 250 },
  };
}
