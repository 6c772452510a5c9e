import { askDevice } from '../device-answer.mjs';
import { inMs, inTimes } from '../figures.mjs';
import { askPage, mustShow } from '../served-page.mjs';
import { median } from '../statistics.mjs';
import { DEVICE } from '../world.mjs';

const WARM_ROUNDS = 30;
const AT_ONCE = [1, 4];

/** The cost of a device page over an empty page in the same frame. @type {import('../figures.mjs').Row} */
export const page = {
  name: 'page',
  title:
    'Device page of a known device, server time to the last byte, against an empty page of the same build',
  async measure({ worlds, quick }) {
    const world = await worlds.common();
    const { app, dingtalk, cookie } = world;
    await askDevice(world, DEVICE);
    const { deviceName } = await dingtalk.device(DEVICE);
    const pages = [
      { url: `${app.url}/devices/${DEVICE}`, shows: deviceName },
      { url: `${app.url}/bench/empty`, shows: 'Nothing here' },
    ];
    for (const { url, shows } of pages) mustShow(await askPage(url, cookie), shows);
    const figures = [];
    for (const atOnce of AT_ONCE) {
      const rounds = Math.ceil((quick ? 60 : 300) / atOnce);
      const times = await compare(
        pages.map(({ url }) => url),
        cookie,
        atOnce,
        rounds,
      );
      figures.push(figure(times, atOnce));
    }
    for (const { url, shows } of pages) mustShow(await askPage(url, cookie), shows);
    return figures;
  },
};

/** @param {string[]} urls @param {string} cookie @param {number} atOnce @param {number} rounds */
async function compare(urls, cookie, atOnce, rounds) {
  /** @type {number[][]} */
  const times = urls.map(() => []);
  for (let round = 0; round < WARM_ROUNDS + rounds; round += 1) {
    for (const [place, url] of urls.entries()) {
      const answers = await Promise.all(Array.from({ length: atOnce }, () => askPage(url, cookie)));
      if (round >= WARM_ROUNDS) times[place]?.push(...answers.map(({ ms }) => ms));
    }
  }
  return times;
}

/** @param {number[][]} times @param {number} atOnce */
function figure([device = [], empty = []], atOnce) {
  const value = median(device) / median(empty);
  return {
    what: `p50 over the empty page, ${atOnce === 1 ? 'one at a time' : `${atOnce} at once`}`,
    measured: `${inTimes(value)} (${inMs(median(device))} over ${inMs(median(empty))})`,
    value,
    unit: 'x',
    must: { most: 2.5 },
    beyond: { most: 1.5 },
  };
}
