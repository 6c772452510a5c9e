import { askDevice, queryUrl } from '../device-answer.mjs';
import { inMs, inRate, inTimes } from '../figures.mjs';
import { compareUnderLoad, effort, ratio } from '../load.mjs';
import { median } from '../statistics.mjs';
import { DEVICE } from '../world.mjs';
import { bareTarget } from './fresh-query.mjs';

/** Opening a session is paid by every request of everybody. @type {import('../figures.mjs').Row} */
export const session = {
  name: 'session',
  title: 'What opening the session costs, under the same load',
  async measure({ worlds, quick }) {
    const world = await worlds.common();
    const { desk, cookie } = world;
    await askDevice(world, DEVICE);
    const headers = { cookie };
    const small = JSON.stringify({ status: 'signed-in' });
    const rates = await compareUnderLoad(
      [
        { ...(await bareTarget(desk, small, cookie)), holds: small },
        { name: 'opened', url: `${desk.url}/bench/session`, headers, holds: small },
        { name: 'query', url: queryUrl(desk, DEVICE), headers, holds: `"deviceId":"${DEVICE}"` },
        { name: 'health', url: `${desk.url}/api/health/live`, holds: 'live' },
      ],
      effort(quick),
    );
    const { bare = [], opened = [], query = [], health = [] } = rates;
    const cost = median(opened.map((rate, pass) => 1000 / rate - 1000 / (bare[pass] ?? Number.NaN)));
    return [
      {
        what: 'a bare handler that opens the session, over one that does not',
        measured: `${inTimes(ratio(opened, bare))}, ${inMs(cost)} of the server's time each`,
        value: cost,
      },
      {
        what: 'the query over health/live, which opens none',
        measured: `${inTimes(ratio(query, health))} (${inRate(median(query))} over ${inRate(median(health))})`,
        value: ratio(query, health),
      },
    ];
  },
};
