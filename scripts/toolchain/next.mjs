import { ScriptError, timed } from '../process/output.mjs';
import { fingerprint, isBuilt, markBuilt } from './build-state.mjs';
import { inRoot } from './places.mjs';
import { runTool } from './tools.mjs';

/** @param {string} node */
export async function buildIfNeeded(node) {
  if (await isBuilt()) return;
  await timed('Building', () => build(node));
}

/** Builds for production. @param {string} node @param {{ show?: boolean }} [options] */
export async function build(node, { show = false } = {}) {
  const print = await fingerprint();
  const code = await runTool(node, 'next', ['build'], { show, env: { NODE_ENV: 'production' } });
  if (code !== 0) throw new ScriptError('The build failed.');
  await markBuilt(print);
}

/**
 * V8 lets a heap grow to twice its live size before it collects garbage, which wastes hundreds of megabytes for a
 * large inventory. Collecting at a quarter more costs a few milliseconds of processor time per second.
 */
const SMALL_HEAP = ['--max-semi-space-size=8', '--heap-growing-percent=25'];

/** The server's environment: glibc keeps freed memory for each thread unless configured otherwise. */
export const serverEnvironment = { NODE_ENV: 'production', MALLOC_ARENA_MAX: '2' };

/**
 * The arguments that start the production server.
 * @param {{ port: number, hostname?: string }} where without a host name it listens on every address
 */
export function startArguments({ port, hostname }) {
  return [
    ...SMALL_HEAP,
    inRoot('scripts', 'process', 'serve.mjs'),
    '-p',
    String(port),
    ...(hostname ? ['-H', hostname] : []),
  ];
}
