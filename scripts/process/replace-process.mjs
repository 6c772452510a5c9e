import { root } from '../toolchain/places.mjs';
import { launch } from './child.mjs';

/**
 * Lets a program take the place of this process, so that no process stays behind only to wait for it. Where the system or
 * an old Node cannot do that (Windows), the program runs as a child and its exit code becomes ours.
 * @param {string} name what a person calls the program
 * @param {string} command
 * @param {string[]} args
 * @param {import('./child.mjs').Environment} env
 */
export async function replaceProcess(name, command, args, env) {
  // @types/node does not know it yet as something that may be missing, as it is before Node 22.15.
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
