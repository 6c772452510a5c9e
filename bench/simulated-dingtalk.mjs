import { startSimulator } from '../scripts/process/simulator-process.mjs';

export const QUERY = 'GET /v1.0/rooms/devices';
export const TOKEN = 'POST /v1.0/oauth2/{corpId}/token';

/** Without limits, because Rooms Desk is measured and not the simulator. */
const ARGS = ['--qps', '0', '--monthly', '100000000', '--seed', '7'];

/**
 * The simulated DingTalk, and what it saw.
 * @typedef {Awaited<ReturnType<typeof startDingTalk>>} DingTalk
 * @param {string} node
 * @param {{ rooms?: number }} [options]
 */
export async function startDingTalk(node, { rooms = 200 } = {}) {
  const args = [...ARGS, '--rooms', String(rooms)];
  const { child, origin, controlOrigin } = await startSimulator(node, { args });
  /** @param {string} method @param {string} path @param {unknown} [body] */
  const control = async (method, path, body) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${controlOrigin}/__control${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...sent,
    });
    if (!answer.ok) throw new Error(`${method} ${path} of the simulator: ${await answer.text()}`);
    return answer.json();
  };
  return {
    origin,
    control,
    stop: () => child.stop(),
    /** What DingTalk itself knows of a device, in its spelling. @param {string} deviceId */
    device: (deviceId) => control('GET', `/devices/${encodeURIComponent(deviceId)}`),
    forgetCalls: () => control('DELETE', '/calls'),
    /** How often each API was called since `forgetCalls`. @returns {Promise<Record<string, { calls: number }>>} */
    callsByApi: async () => (await control('GET', '/calls')).paths,
    /** How often an API was called since `forgetCalls`. @param {string} api such as `GET /v1.0/rooms/devices` */
    calls: async (api) => {
      const { paths } = await control('GET', '/calls');
      return Number(paths[api]?.calls ?? 0);
    },
  };
}
