import { bringBrowser } from '../../scripts/toolchain/browser.mjs';
import { mustBe } from '../ask.mjs';
import { startBenchApp } from '../bench-app.mjs';
import { createDatabases } from '../databases.mjs';
import { askDevice } from '../device-answer.mjs';
import { inKilobytes } from '../figures.mjs';
import { signIn } from '../sign-in.mjs';
import { startDingTalk } from '../simulated-dingtalk.mjs';
import { median } from '../statistics.mjs';
import { DEVICE } from '../world.mjs';

const CATEGORIES = [
  { id: 'performance', least: 95 },
  { id: 'accessibility', least: 100 },
  { id: 'best-practices', least: 100 },
];
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
];

/** What is looked at. */
const PAGES = { device: `/devices/${DEVICE}`, fleet: '/devices', rooms: '/rooms' };
/** A list is a page of it and its counts, however many there are. */
const DEVICES = 1_000;

/** @type {import('../figures.mjs').Row} */
export const lighthouse = {
  name: 'lighthouse',
  title: `Lighthouse, signed in, desktop; ${DEVICES} devices`,
  async measure({ node, quick, progress }) {
    const browser = await bringBrowser(node);
    const databases = createDatabases(node, progress);
    const dingtalk = await startDingTalk(node);
    try {
      const source = await databases.knowing('SQLite', DEVICES);
      const app = await startBenchApp(node, { simulatorOrigin: dingtalk.origin, ...source });
      const world = { app, dingtalk, cookie: await signIn(app.url, 'support'), stop: app.stop };
      await askDevice(world, DEVICE);
      const figures = [];
      for (const [name, path] of Object.entries(PAGES)) {
        const reports = [];
        for (let pass = 0; pass < (quick ? 1 : 3); pass += 1) reports.push(await query(world, browser, path));
        progress(`lighthouse: ${name} done`);
        figures.push(...CATEGORIES.map(({ id, least }) => figure(reports, name, id, least)));
        figures.push(scriptFigure(reports, name));
      }
      await app.stop();
      return figures;
    } finally {
      await databases.stop();
      await dingtalk.stop();
    }
  },
};

/**
 * One Lighthouse run with a browser of its own. @param {import('../world.mjs').World} world @param {string} browser
 * @param {string} path
 */
async function query({ app, cookie }, browser, path) {
  const [{ launch }, { default: run, desktopConfig }] = await Promise.all([
    import('chrome-launcher'),
    import('lighthouse'),
  ]);
  const chrome = await launch({ chromePath: browser, chromeFlags: FLAGS, logLevel: 'silent' });
  try {
    const url = app.url + path;
    const onlyCategories = CATEGORIES.map(({ id }) => id);
    const flags = { port: chrome.port, extraHeaders: { Cookie: cookie }, onlyCategories, logLevel: 'silent' };
    const { lhr } = await run(url, flags, desktopConfig);
    mustBe(!lhr.runtimeError, 'Lighthouse sees the page.', lhr.runtimeError?.message);
    mustBe(lhr.finalDisplayedUrl === url, `Lighthouse sees ${path}.`, lhr.finalDisplayedUrl);
    return lhr;
  } finally {
    await chrome.kill();
  }
}

/** @param {any[]} reports @param {string} page @param {string} id @param {number} least @returns {import('../figures.mjs').Figure} */
function figure(reports, page, id, least) {
  const scores = reports.map(({ categories }) => Math.round(100 * categories[id].score));
  const value = median(scores);
  const failed = value < 100 ? faults(reports.at(-1), id) : [];
  const why = failed.length > 0 ? `: ${failed.join(', ')}` : '';
  return {
    what: `${page}: ${id}`,
    measured: `${value}${why}`,
    value,
    must: { least },
    beyond: { least: 100 },
  };
}

/** The audits that cost points, the dearest first. @param {any} report @param {string} id @returns {string[]} */
function faults(report, id) {
  const counted = report.categories[id].auditRefs.filter((/** @type {any} */ ref) => ref.weight > 0);
  return counted
    .map((/** @type {any} */ ref) => ({ ...report.audits[ref.id], lost: lost(report.audits[ref.id], ref) }))
    .filter((/** @type {any} */ audit) => audit.lost > 0)
    .sort((/** @type {any} */ a, /** @type {any} */ b) => b.lost - a.lost)
    .map((/** @type {any} */ audit) => [audit.id, audit.displayValue].filter(Boolean).join(' '))
    .slice(0, 3);
}

/** @param {any} audit @param {any} ref */
const lost = (audit, ref) => (audit.score === null ? 0 : ref.weight * (1 - audit.score));

/** What the browser really fetched, lazily loaded parts included: a check on the row `script`. @param {any[]} reports @param {string} page */
function scriptFigure(reports, page) {
  const bytes = reports.map(({ audits }) =>
    audits['network-requests'].details.items
      .filter((/** @type {any} */ item) => item.resourceType === 'Script')
      .reduce((/** @type {number} */ sum, /** @type {any} */ item) => sum + item.transferSize, 0),
  );
  const value = median(bytes);
  return { what: `${page}: scripts fetched`, measured: inKilobytes(value), value: value / 1000 };
}
