import { chromium } from '@playwright/test';
import { bringBrowser } from '../../scripts/toolchain/browser.mjs';
import { mustBe } from '../ask.mjs';
import { CHINESE, ENGLISH } from '../believable-fleet.mjs';
import { startBenchApp } from '../bench-app.mjs';
import { createDatabases } from '../databases.mjs';
import { inMs } from '../figures.mjs';
import { signIn } from '../sign-in.mjs';
import { startDingTalk } from '../simulated-dingtalk.mjs';
import { median, quantile } from '../statistics.mjs';

const SIZES = [1_000, 100_000];
const WIDE = { width: 1_440, height: 900 };
/** The time between two keys of a person who looks at the result of each. */
const BETWEEN_MS = 250;

/** @type {import('../figures.mjs').Row} */
export const fleetPage = {
  name: 'fleet-page',
  title:
    'The fleet page in Chromium: until its list is painted, with nothing in the cache, and from a key to the list',
  async measure({ node, quick, profile, progress }) {
    const databases = createDatabases(node, progress);
    const dingtalk = await startDingTalk(node);
    const browser = await chromium.launch({
      executablePath: await bringBrowser(node),
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    /** @type {import('../figures.mjs').Figure[]} */
    const figures = [];
    try {
      for (const devices of SIZES) {
        const source = await databases.knowing('SQLite', devices);
        const app = await startBenchApp(node, { simulatorOrigin: dingtalk.origin, profile, ...source });
        figures.push(...(await measurePage(browser, app, devices, quick)));
        await app.stop();
        progress(`fleet-page: ${devices} devices done`);
      }
      return figures;
    } finally {
      await browser.close();
      await databases.stop();
      await dingtalk.stop();
    }
  },
};

/**
 * @param {import('@playwright/test').Browser} browser @param {import('../bench-app.mjs').App} app @param {number}
 * devices @param {boolean} quick
 */
async function measurePage(browser, app, devices, quick) {
  const cookie = await signIn(app.url, 'support');
  const open = async () => {
    const context = await browser.newContext({ viewport: WIDE, locale: 'en-GB' });
    await context.addCookies(cookiesOf(cookie, app.url));
    await context.addInitScript(watchList);
    const page = await context.newPage();
    await page.goto(`${app.url}/devices`, { waitUntil: 'commit' });
    const shownMs = await page.evaluate(() => /** @type {any} */ (window).listShown);
    return { context, page, shownMs: Number(shownMs) };
  };
  // The first one sorts the list and compiles the page, which happens once a start.
  const { context: first, shownMs: firstMs } = await open();
  await first.close();
  const times = [];
  for (let pass = 0; pass < (quick ? 3 : 9); pass += 1) {
    const { context, shownMs } = await open();
    times.push(shownMs);
    await context.close();
  }
  const { context, page } = await open();
  const keys = await typed(page, quick ? 3 : 8);
  await context.close();
  return figuresOf(devices, { firstMs, times, keys });
}

/** @param {import('@playwright/test').Page} page @param {number} words of each language */
async function typed(page, words) {
  const box = page.locator('main').getByRole('textbox').first();
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await box.click();
  /** @type {{ text: string, ms: number }[]} */
  const times = [];
  for (const word of [...ENGLISH.slice(0, words), ...CHINESE.slice(0, words)]) {
    for (let length = 1; length <= word.length; length += 1) {
      await page.waitForTimeout(BETWEEN_MS);
      await page.evaluate(
        (text) => /** @type {any} */ (window).watchFor(text),
        word.slice(0, length).toLowerCase(),
      );
      const key = word[length - 1] ?? '';
      // A Chinese character comes whole, as an input method hands it over.
      if (/[a-z]/i.test(key)) await page.keyboard.press(key);
      else await page.keyboard.insertText(key);
      const ms = Number(await page.evaluate(() => /** @type {any} */ (window).listFiltered));
      times.push({ text: word.slice(0, length), ms });
    }
    await page.waitForTimeout(BETWEEN_MS);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => location.search === '');
    await page.waitForTimeout(BETWEEN_MS);
  }
  mustBe(
    times.every(({ ms }) => ms > 0),
    'Every letter narrows the list.',
    times,
  );
  return times;
}

/** Runs in the page: when the list was painted first, and after which key which rows were. */
function watchList() {
  const target = /** @type {any} */ (window);
  const rows = () => [...document.querySelectorAll('#list tbody tr')];
  /** The time of the frame in which this is so and that is on the screen. @param {() => boolean} isSo */
  const paintedWhen = (isSo) =>
    new Promise((resolve) => {
      const check = () => {
        if (!isSo()) requestAnimationFrame(check);
        // What this frame has is painted at its end, which the next task comes after.
        else setTimeout(() => resolve(performance.now()), 0);
      };
      requestAnimationFrame(check);
    });
  target.listShown = paintedWhen(() => rows().length > 0);
  target.watchFor = (/** @type {string} */ text) => {
    const pressed = new Promise((resolve) => {
      const take = (/** @type {Event} */ event) => resolve(event.timeStamp);
      addEventListener('keydown', take, { capture: true, once: true });
      addEventListener('beforeinput', take, { capture: true, once: true });
    });
    const isFiltered = () => {
      const list = document.querySelector('#list');
      const asked = (new URLSearchParams(location.search).get('q') ?? '').toLowerCase();
      if (asked !== text || list?.getAttribute('aria-busy') === 'true') return false;
      const shown = rows().map((row) => (row.textContent ?? '').toLowerCase());
      return shown.length > 0 && shown.every((row) => row.includes(text));
    };
    target.listFiltered = pressed.then(async (began) => (await paintedWhen(isFiltered)) - began);
  };
}

/** @param {string} header @param {string} url */
const cookiesOf = (header, url) =>
  header.split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return { name, value: value.join('='), url };
  });

/** @param {number} devices @param {{ firstMs: number, times: number[], keys: { text: string, ms: number }[] }} taken @returns {import('../figures.mjs').Figure[]} */
function figuresOf(devices, { firstMs, times, keys }) {
  const size = devices.toLocaleString('en-US');
  const shown = median(times);
  const key = quantile(
    keys.map(({ ms }) => ms),
    0.95,
  );
  const slowest = keys
    .toSorted((left, right) => right.ms - left.ms)
    .slice(0, 5)
    .map(({ text, ms }) => `${text} ${inMs(ms)}`)
    .join(', ');
  return [
    {
      what: `${size} devices: navigation to list painted`,
      measured: `${inMs(shown)} (slowest ${inMs(Math.max(...times))}; the very first after a start ${inMs(firstMs)})`,
      value: shown,
      unit: ' ms',
      must: { most: 1_500 },
      beyond: { most: 600 },
    },
    {
      what: `${size} devices: key to filtered list painted, p95`,
      measured: `${inMs(key)} (p50 ${inMs(median(keys.map(({ ms }) => ms)))}, ${keys.length} keys; slowest: ${slowest})`,
      value: key,
      unit: ' ms',
      must: { most: 150 },
      beyond: { most: 80 },
    },
  ];
}
