import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The line that scripts/process/app-under-test.mjs prints when it is ready. */
export type Running = {
  url: string;
  pid: number;
  simulator: { origin: string; controlOrigin: string };
};

/** Something that runs until it is closed. */
export type Driven = {
  running: Running;
  /** All its output so far. */
  logs(): string;
  /** Stops it gracefully. */
  close(): Promise<void>;
  /**
   * Kills its server without notice, as a power failure does, or with the signal; resolves when the process has ended.
   */
  kill(signal?: NodeJS.Signals): Promise<void>;
};

/** Starts scripts/process/app-under-test.mjs with the options and waits until it is ready. */
export async function drive(asked: object): Promise<Driven> {
  const child = spawn(process.execPath, ['scripts/process/app-under-test.mjs', JSON.stringify(asked)]);
  const lines: string[] = [];
  const logs = () => lines.join('\n');
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const running = await new Promise<Running>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{"ready":true')) resolve(JSON.parse(line) as Running);
      else lines.push(line);
    });
    child.once('close', () => reject(new Error(`The desk under test ended.\n${logs()}`)));
  });
  return {
    running,
    logs,
    close: () => stop(child),
    async kill(signal = 'SIGKILL') {
      process.kill(running.pid, signal);
      await gone;
    },
  };
}

/** The end of its standard input makes it stop its processes and remove their data. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  const impatience = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(impatience);
}
