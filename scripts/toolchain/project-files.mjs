import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inRoot, root } from './places.mjs';

/** Every file that is or would be under version control, as a path from the project's folder. @returns {string[]} */
export function projectFiles() {
  const options = ['ls-files', '--cached', '--others', '--exclude-standard'];
  return execFileSync('git', options, { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((path) => path !== '' && existsSync(inRoot(path)));
}
