import { deviceIdOf, refOf } from '../simulator/world/identities.ts';
import { type Driven, drive, type Running } from './driven.ts';

const ROOMS = 400;
const SEED = 7;

/** A production server with a DingTalk simulator, for one worker. */
export type App = {
  url: string;
  /** The server's process. */
  pid: number;
  simulator: Simulator;
  /** All output of both so far. */
  logs(): string;
  /** The ID of a device that no test on this server has used before. */
  unseenDevice(): Promise<string>;
  /** The device of one of the simulated world's scenarios. */
  scenario(name: string): Promise<Scenario>;
  /**
   * The number of calls to DingTalk by method and path since the last `DELETE /calls`; no path means the device query.
   */
  calls(api?: string): Promise<number>;
};

export type Simulator = Running['simulator'] & {
  /** Controls the simulator: `control('POST', '/faults', {...})`. Returns the parsed body, throws on a refusal. */
  control<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
};

export type Scenario = {
  deviceId: string;
  deviceUnionId: string;
  roomId: string;
  controllerIds: string[];
  /** The device with the same value, in a scenario of two equal ones. */
  comparableDeviceId?: string;
};

/** Options of a file for its server, set with `test.use({ appOptions: { env: {...} } })`. Strings only. */
export type AppOptions = {
  env?: Record<string, string>;
  simulatorArgs?: string[];
  /**
   * The folder of the data, for a server that is to find it again; without it, the data is removed when the server
   * stops.
   */
  dataDir?: string;
  /** Files with equal options share a server; a name gives a file its own one, if its tests leave data behind. */
  own?: string;
};

/** Most tests count calls, so the server runs no jobs and has a large budget, unless the options change that. */
const TEST_ENVIRONMENT = {
  INSTANCE_ROLE: 'web',
  DINGTALK_MONTHLY_CALLS: '1000000',
  // The tests of a worker act as one person who sends many requests.
  QUESTIONS_PER_MINUTE: '100000',
  SEARCHES_PER_MINUTE: '100000',
  SIGN_INS_PER_MINUTE: '100000',
};

/**
 * For files that wait for a server's time limits, such as the eight seconds of a request to DingTalk. Fast enough to
 * save most of the wait, and slow enough that a busy machine still answers within the limits.
 */
export const FAST_CLOCK = { CLOCK_SPEED: '4' };

/** Starts a server and waits until it is ready. The caller closes it. */
export async function openApp(options: AppOptions): Promise<{ app: App; close: () => Promise<void> }> {
  const simulatorArgs = ['--rooms', String(ROOMS), '--seed', String(SEED), ...(options.simulatorArgs ?? [])];
  const env = { ...TEST_ENVIRONMENT, ...options.env };
  const { running, logs, close } = await drive({ ...options, env, simulatorArgs });
  const simulator = controlled(running.simulator);
  const { url, pid } = running;
  return { app: { url, pid, simulator, logs, ...world(simulator) }, close };
}

/** One of several servers on the database that its environment names. */
export type Instance = Driven & { url: string; pid: number };

/** Starts only a simulator, for instances. */
export async function openSimulator(
  simulatorArgs: string[],
): Promise<{ simulator: Simulator; close: () => Promise<void> }> {
  const { running, close } = await drive({
    only: 'simulator',
    simulatorArgs: ['--seed', String(SEED), ...simulatorArgs],
  });
  return { simulator: controlled(running.simulator), close };
}

/** Starts one server for an existing simulator; its database is in `dataDir` or in `env.DATABASE_URL`. */
export async function openInstance(
  { origin, controlOrigin }: Simulator,
  options: Pick<AppOptions, 'env' | 'dataDir'> & { port?: number },
): Promise<Instance> {
  const env = { ...TEST_ENVIRONMENT, ...options.env };
  const driven = await drive({ ...options, env, simulator: { origin, controlOrigin } });
  return { ...driven, url: driven.running.url, pid: driven.running.pid };
}

function controlled(running: Running['simulator']): Simulator {
  return {
    ...running,
    control: <T>(method: string, path: string, body?: unknown) =>
      askControl(`${running.controlOrigin}/__control${path}`, method, body) as Promise<T>,
  };
}

function world({ control }: Simulator): Pick<App, 'unseenDevice' | 'scenario' | 'calls'> {
  let last = ROOMS;
  const scenarios = async () =>
    (await control<{ scenarios: Record<string, Scenario> }>('GET', '/world')).scenarios;
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
      const { paths } = await control<{ paths: Record<string, { calls: number }> }>('GET', '/calls');
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
