import { root } from '../toolchain/places.mjs';
import { launch } from './child.mjs';

/**
 * Replaces this process by a program, so that no process stays only to wait for it. Where the system or an old Node cannot
 * do that (Windows), the program runs as a child process and its exit code is passed on.
 * @param {string} name the program's name in messages
 * @param {string} command
 * @param {string[]} args
 * @param {import('./child.mjs').Environment} env
 */
export async function replaceProcess(name, command, args, env) {
  // @types/node does not declare it as optional, as it is before Node 22.15.
  const { execve } = /** @type {{ execve?: typeof process.execve }} */ (process);
  if (!execve || process.platform === 'win32') {
    const { code } = await launch(name, command, args, { env, show: true }).exited;
    process.exitCode = code ?? 1;
    return;
  }
  process.chdir(root);
  const defined = Object.entries(env).filter(([, value]) => value !== undefined);
  execve.call(process, command, [command, ...args], /** @type {any} */ (Object.fromEntries(defined)));
}
