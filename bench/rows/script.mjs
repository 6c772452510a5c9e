import { ask, mustBe } from '../ask.mjs';
import { askDevice } from '../device-answer.mjs';
import { inKilobytes } from '../figures.mjs';
import { askPage, mustShow } from '../served-page.mjs';
import { DEVICE } from '../world.mjs';

const KB = 1000;

/** What the browser loads before the page can be used. @type {import('../figures.mjs').Row} */
export const script = {
  name: 'script',
  title: 'JavaScript of the device page at first load, compressed as it is served, over the empty page',
  async measure({ worlds }) {
    const world = await worlds.common();
    const { app, dingtalk, cookie } = world;
    await askDevice(world, DEVICE);
    const { deviceName } = await dingtalk.device(DEVICE);
    const [device, empty] = await Promise.all([
      scripts(app.url, `/devices/${DEVICE}`, cookie, deviceName),
      scripts(app.url, '/bench/empty', cookie, 'Nothing here'),
    ]);
    const value = device.bytes - empty.bytes;
    return [
      {
        what: 'more than the empty page',
        measured: `${inKilobytes(value)} (${size(device)} over ${size(empty)})`,
        value: value / KB,
        unit: ' kB',
        must: { most: 60 },
        beyond: { most: 30 },
      },
      {
        what: 'the document itself, compressed',
        measured: `${inKilobytes(device.html)} over ${inKilobytes(empty.html)}`,
        value: (device.html - empty.html) / KB,
      },
    ];
  },
};

/** @param {{ bytes: number, files: number }} found */
const size = ({ bytes, files }) => `${inKilobytes(bytes)} in ${files} files`;

/** @param {string} origin @param {string} path @param {string} cookie @param {string} shows */
async function scripts(origin, path, cookie, shows) {
  const page = await askPage(`${origin}${path}`, cookie);
  mustShow(page, shows);
  const addresses = scriptAddresses(page.html());
  mustBe(addresses.length > 0, `The page at ${path} loads scripts.`);
  let bytes = 0;
  for (const address of addresses) {
    const answer = await ask(new URL(address, origin).href, { 'accept-encoding': 'gzip' });
    const good = answer.status === 200 && /javascript/.test(`${answer.headers['content-type']}`);
    mustBe(good, `${address} is a script.`, answer.status);
    // Below a kibibyte it would be larger afterwards.
    const small = answer.body.length < 1_024;
    mustBe(small || answer.headers['content-encoding'] === 'gzip', `${address} is served compressed.`);
    bytes += answer.body.length;
  }
  return { bytes, files: addresses.length, html: page.body.length };
}

/** Every script a current browser fetches for this document: its tags and its preloads, each once. @param {string} html */
function scriptAddresses(html) {
  const tags = html.match(/<(script|link)\b[^>]*>/g) ?? [];
  const fetched = tags.filter(
    (tag) =>
      (tag.startsWith('<script') && !/\snomodule/i.test(tag)) ||
      /\bas="script"|\brel="modulepreload"/.test(tag),
  );
  const addresses = fetched.map((tag) => tag.match(/\b(?:src|href)="([^"]+)"/)?.[1]);
  return [...new Set(addresses.filter((address) => address !== undefined))].map((address) =>
    address.replaceAll('&amp;', '&'),
  );
}
