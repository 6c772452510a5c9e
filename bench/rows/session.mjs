import { askDevice, queryUrl } from '../device-answer.mjs';
import { inMs } from '../figures.mjs';
import { compared, compareUnderLoad, effort, leastCpuMs } from '../load.mjs';
import { DEVICE } from '../world.mjs';
import { bareTarget } from './fresh-query.mjs';

/** Every request pays for opening a session. @type {import('../figures.mjs').Row} */
export const session = {
  name: 'session',
  title: 'What opening the session costs, under the same load',
  async measure({ worlds, quick }) {
    const world = await worlds.common();
    const { app, cookie } = world;
    await askDevice(world, DEVICE);
    const headers = { cookie };
    const small = JSON.stringify({ status: 'signed-in' });
    const taken = await compareUnderLoad(
      [
        { ...(await bareTarget(app, small, cookie)), holds: small },
        { name: 'opened', pid: app.pid, url: `${app.url}/bench/session`, headers, holds: small },
        {
          name: 'query',
          url: queryUrl(app, DEVICE),
          headers,
          holds: `"deviceId":"${DEVICE}"`,
        },
        { name: 'health', url: `${app.url}/api/health/live`, holds: 'live' },
      ],
      effort(quick),
    );
    const { bare, opened, query, health } = taken;
    const cost = leastCpuMs(opened) - leastCpuMs(bare);
    return [
      {
        what: 'a bare handler that opens the session, over one that does not',
        ...compared(opened, bare),
      },
      {
        what: "the server's processor time for opening one",
        measured: inMs(cost),
        value: cost,
      },
      { what: 'the query over health/live, which opens none', ...compared(query, health) },
    ];
  },
};
