import { startBenchApp } from '../bench-app.mjs';
import { demoOnFreshClone } from '../fresh-clone.mjs';
import { startDingTalk } from '../simulated-dingtalk.mjs';
import { median } from '../statistics.mjs';

/** @param {number} ms */
const inSeconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

/** The downtime of a restart. @type {import('../figures.mjs').Row} */
export const start = {
  name: 'start',
  title: 'From nothing to usable',
  async measure({ node, quick, freshClone, progress }) {
    const dingtalk = await startDingTalk(node);
    const times = [];
    for (let round = 0; round < (quick ? 2 : 5); round += 1) {
      const app = await startBenchApp(node, { simulatorOrigin: dingtalk.origin });
      times.push(app.readyMs);
      await app.stop();
    }
    await dingtalk.stop();
    const value = median(times);
    /** @type {import('../figures.mjs').Figure[]} */
    const figures = [
      {
        what: 'start of a built server to ready',
        measured: `${inSeconds(value)} (${times.map(inSeconds).join(', ')})`,
        value: value / 1000,
        unit: ' s',
        must: { most: 1.5 },
      },
    ];
    if (freshClone) {
      const ms = await demoOnFreshClone(progress);
      figures.push({
        what: '`npm run demo` on a fresh clone to a usable page',
        measured: inSeconds(ms),
        value: ms / 1000,
        unit: ' s',
        must: { most: 60 },
      });
    }
    return figures;
  },
};
