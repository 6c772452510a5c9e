import { startBenchApp } from './bench-app.mjs';
import { signIn } from './sign-in.mjs';
import { startDingTalk } from './simulated-dingtalk.mjs';

/** The sample of DingTalk's documentation, whose fields the simulator has unchanged. */
export const DEVICE = '1234';

/**
 * A server, its simulator, and the session of a person who may query.
 * @typedef {{
 *   app: import('./bench-app.mjs').App, dingtalk: import('./simulated-dingtalk.mjs').DingTalk,
 *   cookie: string, stop: () => Promise<void>
 * }} World
 */

/**
 * The worlds of one run: rows share one, because starting it takes seconds.
 * @param {string} node
 * @param {string | undefined} profile
 */
export function createWorlds(node, profile) {
  /** @type {World | null} */
  let common = null;
  const fresh = async () => {
    const dingtalk = await startDingTalk(node);
    const app = await startBenchApp(node, { simulatorOrigin: dingtalk.origin, profile });
    const cookie = await signIn(app.url, 'support');
    /** @type {World} */
    const world = {
      app,
      dingtalk,
      cookie,
      stop: async () => {
        await app.stop();
        await dingtalk.stop();
      },
    };
    return world;
  };
  return {
    /** The one that rows share. */
    async common() {
      common ??= await fresh();
      return common;
    },
    /** A world without any queries so far. The caller stops it. */
    fresh,
    async stop() {
      await common?.stop();
      common = null;
    },
  };
}
