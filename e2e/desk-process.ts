import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { deviceIdOf, refOf } from './simulator/world/identities.ts';

const ROOMS = 400;
const SEED = 7;

/** A production server and the DingTalk simulator behind it, both for one worker alone. */
export type Desk = {
  url: string;
  simulator: {
    origin: string;
    controlOrigin: string;
    /** Turns the simulated world: `control('POST', '/faults', {...})`. Answers the parsed body, throws on a refusal. */
    control(method: string, path: string, body?: unknown): Promise<unknown>;
  };
  /** Everything both have written so far. */
  logs(): string;
  /** The id of a device that no story on this desk has had before. */
  unseenDevice(): Promise<string>;
  /** The device of one of the simulated world's scenarios. */
  scenario(name: string): Promise<Scenario>;
  /** How often DingTalk was asked, by method and path, since the last `DELETE /calls`; no path means the device query. */
  calls(api?: string): Promise<number>;
};

export type Scenario = {
  deviceId: string;
  deviceUnionId: string;
  roomId: string;
  controllerIds: string[];
};

/** What a file may ask of its desk, with `test.use({ deskOptions: { env: {...} } })`. Strings only. */
export type DeskOptions = {
  env?: Record<string, string>;
  simulatorArgs?: string[];
  /** Where the records live, for a desk that is to find them again; without it they go when the desk stops. */
  dataDir?: string;
};

type Ready = { ready: true; url: string; simulator: { origin: string; controlOrigin: string } };

/** Starts a desk and waits until it can be used. Whoever opens it closes it. */
export async function openDesk(options: DeskOptions): Promise<{ desk: Desk; close: () => Promise<void> }> {
  const simulatorArgs = ['--rooms', String(ROOMS), '--seed', String(SEED), ...(options.simulatorArgs ?? [])];
  const asked = JSON.stringify({ ...options, simulatorArgs });
  const child = spawn(process.execPath, ['scripts/desk-under-test.mjs', asked]);
  const lines: string[] = [];
  const logs = () => lines.join('\n');
  const { url, simulator } = await new Promise<Ready>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{"ready":true')) resolve(JSON.parse(line) as Ready);
      else lines.push(line);
    });
    child.once('close', () => reject(new Error(`The desk under test ended.\n${logs()}`)));
  });
  const control: Desk['simulator']['control'] = (method, path, body) =>
    askControl(`${simulator.controlOrigin}/__control${path}`, method, body);
  const desk = { url, simulator: { ...simulator, control }, logs, ...world(control) };
  return { desk, close: () => stop(child) };
}

function world(control: Desk['simulator']['control']): Pick<Desk, 'unseenDevice' | 'scenario' | 'calls'> {
  let last = ROOMS;
  const scenarios = async () =>
    ((await control('GET', '/world')) as { scenarios: Record<string, Scenario> }).scenarios;
  return {
    unseenDevice: async () => {
      const notable = new Set(Object.values(await scenarios()).map((each) => each.deviceId));
      let id: string;
      do {
        last -= 1;
        if (last < 1) throw new Error('Every device of the simulated world has been used.');
        id = deviceIdOf(SEED, refOf(last));
      } while (notable.has(id));
      return id;
    },
    scenario: async (name) => {
      const found = (await scenarios())[name];
      if (!found) throw new Error(`The simulated world has no scenario ${name}.`);
      return found;
    },
    calls: async (api = 'GET /v1.0/rooms/devices') => {
      const { paths } = (await control('GET', '/calls')) as { paths: Record<string, { calls: number }> };
      return paths[api]?.calls ?? 0;
    },
  };
}

async function askControl(url: string, method: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

/** Its standard input ending tells it to stop both and to remove their data. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  const impatience = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(impatience);
}
