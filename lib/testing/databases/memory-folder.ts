import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Where files are in memory when the machine has plenty of it, else the usual folder for temporary files. */
export function memoryFolder(): string {
  const [memory, enough] = ['/dev/shm', 1024 ** 3];
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > enough ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}
