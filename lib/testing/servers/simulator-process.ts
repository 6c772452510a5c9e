import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The DingTalk simulator in a separate process. */
export type SimulatorProcess = {
  origin: string;
  /** Turns the simulated world: `control('PUT', '/faults', {...})`. Answers the parsed body, throws on a refusal. */
  control<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
  /** How many calls DingTalk counted against the quota, by `GET /v1.0/rooms/devices` and the like. */
  counted(api: string): Promise<number>;
  stop(): Promise<void>;
};

/** Starts the simulator on a free loopback port and resolves when it answers. */
export async function startSimulatorProcess(flags: string[] = []): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, ['e2e/simulator/main.ts', '--port', '0', ...flags], {
    // The simulator ends when this channel does.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  child.channel?.unref();
  const origin = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The simulator ended with ${code} before it was ready.`)));
    if (child.stdout)
      createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line).origin));
  });
  const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${origin}/__control${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  return {
    origin,
    control,
    counted: async (api) => {
      const { paths } = await control<{ paths: Record<string, { counted: number }> }>('GET', '/calls');
      return paths[api]?.counted ?? 0;
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}
