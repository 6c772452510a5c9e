import { startBenchApp } from './bench-app.mjs';
import { signIn } from './sign-in.mjs';
import { startDingTalk } from './simulated-dingtalk.mjs';

/** The sample of DingTalk's own documentation, whose fields the simulator has word for word. */
export const DEVICE = '1234';

/**
 * A desk, the DingTalk behind it, and somebody signed in who may ask.
 * @typedef {{
 *   desk: import('./bench-app.mjs').App, dingtalk: import('./simulated-dingtalk.mjs').DingTalk,
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
    /** One that nobody has asked anything yet. Whoever takes it stops it. */
    fresh,
    async stop() {
      await common?.stop();
      common = null;
    },
  };
}
