import { mustBe } from '../ask.mjs';
import { startBenchApp } from '../bench-app.mjs';
import { createDatabases } from '../databases.mjs';
import { queryUrl } from '../device-answer.mjs';
import { inMs } from '../figures.mjs';
import { signIn } from '../sign-in.mjs';
import { startDingTalk } from '../simulated-dingtalk.mjs';
import { quantile } from '../statistics.mjs';
import { DEVICE } from '../world.mjs';

const WARM_ROUNDS = 5;
const BETWEEN_MS = 60;
const LIMIT_MS = 10_000;

/** How soon an open page knows what another instance learnt. @type {import('../figures.mjs').Row} */
export const liveUpdate = {
  name: 'live-update',
  title:
    "From DingTalk's answer in the hands of one instance to the word of it in an open stream of the other",
  async measure({ node, quick, progress }) {
    const databases = createDatabases(node, progress);
    const dingtalk = await startDingTalk(node);
    try {
      const env = { DATABASE_URL: await databases.newPostgres() };
      const instances = [];
      for (const _ of ['asked', 'watched']) {
        instances.push(await startBenchApp(node, { simulatorOrigin: dingtalk.origin, env }));
      }
      const [asked, watched] = instances;
      if (!asked || !watched) return [];
      const cookies = await Promise.all(instances.map(({ url }) => signIn(url, 'support')));
      const stream = await openStream(watched.url, cookies[1] ?? '');
      const times = [];
      for (let round = 0; round < WARM_ROUNDS + (quick ? 60 : 300); round += 1) {
        await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
        const received = stream.next();
        const answer = await fetch(queryUrl(asked, DEVICE, '&fresh=true'), {
          headers: { cookie: cookies[0] ?? '' },
        });
        const { observedAt, source } = /** @type {any} */ (await answer.json());
        mustBe(source === 'live', 'Insisting asks DingTalk.', source);
        const took = (await received) - Date.parse(observedAt);
        if (round >= WARM_ROUNDS) times.push(took);
      }
      stream.close();
      await Promise.all(instances.map((app) => app.stop()));
      return [figure(times)];
    } finally {
      await databases.stop();
      await dingtalk.stop();
    }
  },
};

/** @param {number[]} times @returns {import('../figures.mjs').Figure} */
function figure(times) {
  const value = quantile(times, 0.95);
  return {
    what: '2 instances on one PostgreSQL, p95',
    measured: `${inMs(value)} (p50 ${inMs(quantile(times, 0.5))}, p99 ${inMs(quantile(times, 0.99))})`,
    value,
    unit: ' ms',
    must: { most: 1_000 },
    beyond: { most: 250 },
  };
}

/**
 * The stream of an open page, as the times at which it reports the device. @param {string} url @param {string} cookie
 */
export async function openStream(url, cookie) {
  const leaving = new AbortController();
  const answer = await fetch(`${url}/api/v1/live`, { headers: { cookie }, signal: leaving.signal });
  mustBe(answer.status === 200, 'The stream opens.', answer.status);
  let onMessage = (/** @type {number} */ _at) => {};
  const reading = (async () => {
    let rest = '';
    for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const at = Date.now();
      const messages = (rest + part).split('\n\n');
      rest = messages.pop() ?? '';
      if (messages.some((text) => text.includes('event: reading') && text.includes(`"deviceId":"${DEVICE}"`)))
        onMessage(at);
    }
  })();
  reading.catch(() => undefined);
  return {
    /** @returns {Promise<number>} */
    next: () =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('The stream did not report the device.')), LIMIT_MS);
        onMessage = (at) => {
          clearTimeout(late);
          resolve(at);
        };
      }),
    close: () => leaving.abort(),
  };
}
