import { fingerprint, isBuilt, markBuilt } from './build-state.mjs';
import { Trouble, timed } from './say.mjs';
import { runTool, tools } from './tools.mjs';

/** @param {string} node */
export async function buildIfNeeded(node) {
  if (await isBuilt()) return;
  await timed('Building', () => build(node));
}

/** Builds for production. @param {string} node @param {{ show?: boolean }} [options] */
export async function build(node, { show = false } = {}) {
  const print = await fingerprint();
  const code = await runTool(node, 'next', ['build'], { show, env: { NODE_ENV: 'production' } });
  if (code !== 0) throw new Trouble('The build failed.');
  await markBuilt(print);
}

/**
 * The arguments that start the production server.
 * @param {{ port: number, hostname?: string }} where without a host name it listens on every address
 */
export function startArguments({ port, hostname }) {
  return [tools.next, 'start', '-p', String(port), ...(hostname ? ['-H', hostname] : [])];
}
