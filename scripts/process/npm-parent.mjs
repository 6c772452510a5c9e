import { readFileSync } from 'node:fs';

/**
 * Calls `end` when the npm that started this process has ended. A killed npm passes no signal on, and its shell stays.
 * @param {() => void} end
 */
export function endWithNpm(end) {
  if (!process.env.npm_lifecycle_event) return;
  const born = lineage();
  setInterval(() => lineage() === born || end(), 1_000).unref();
}

/** The parent process and, if that is a `sh -c` and the system reports it, the parent of that. */
function lineage() {
  const parent = process.ppid;
  try {
    if (!readFileSync(`/proc/${parent}/cmdline`, 'utf8').includes('\0-c\0')) return `${parent}`;
    return `${parent} ${readFileSync(`/proc/${parent}/status`, 'utf8').match(/^PPid:\s*(\d+)/m)?.[1]}`;
  } catch {
    return `${parent}`;
  }
}
