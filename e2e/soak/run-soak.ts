import { setTimeout as pause } from 'node:timers/promises';
import { openSimulator, type Simulator } from '../support/app-process.ts';
import { ACTIONS } from './actions.ts';
import { AnswerChecker } from './answer-checker.ts';
import { World } from './expected-world.ts';
import { collectFailures, type Failures } from './failures.ts';
import { injectFaults } from './fault-injection.ts';
import { compareLedgers, type Spending, untilFound } from './ledger.ts';
import { type Machine, watchMachine } from './machine.ts';
import { Person, type Role } from './person.ts';
import { type MemorySample, Servers } from './servers.ts';

export type SoakOptions = {
  minutes: number;
  people: number;
  /** How long each person pauses between two requests, on average. */
  thinkMs: number;
  /** The interval at which one server is killed. */
  killEveryMs: number;
  /** An empty database on a real PostgreSQL. */
  databaseUrl: string;
  say: (line: string) => void;
};

export type SoakReport = {
  /** The number of runs of each action. */
  done: Record<string, number>;
  problems: Record<string, number>;
  sources: Record<string, number>;
  faults: Record<string, number>;
  liveMessages: number;
  slowestMs: number;
  failedOver: number;
  kills: number;
  longestOutageMs: number;
  spending: Spending | null;
  memory: MemorySample[];
  machine: Machine;
  wrong: ReturnType<Failures['list']>;
};

const ROOMS = 120;
const COMPARE_EVERY_MS = 5_000;
const LISTENERS = 8;
/**
 * The calls of a minute. The two accounts that may refresh have a tenth of them each, less than their demand, so that
 * the daily share is reached before the end.
 */
const CALLS_A_MINUTE = 300;
const ISSUE_COSTS = 2 * ROOMS + 10;

/** Runs two servers on one PostgreSQL, one of which is killed repeatedly, while people work and DingTalk fails. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const { simulator, close } = await openSimulator([
    '--rooms',
    String(ROOMS),
    '--qps',
    '40',
    '--monthly',
    '1000000',
  ]);
  const failures = collectFailures();
  const servers = new Servers(simulator, environment(options), failures);
  try {
    await simulator.control('PUT', '/events/stream', { speed: 10 });
    await servers.open();
    return await soak(options, { simulator, servers, failures });
  } finally {
    await servers.close();
    await close();
  }
}

const environment = ({ minutes, databaseUrl }: SoakOptions): Record<string, string> => ({
  DATABASE_URL: databaseUrl,
  INSTANCE_ROLE: 'all',
  DINGTALK_QPS: '30',
  DINGTALK_EVENTS: 'stream',
  DINGTALK_MONTHLY_EVENTS: '1000000',
  DINGTALK_MONTHLY_CALLS: String(Math.ceil((ISSUE_COSTS * 4) / 3 + minutes * CALLS_A_MINUTE)),
  FRESH_FOR_SECONDS: '20',
});

type Parts = { simulator: Simulator; servers: Servers; failures: Failures };

async function soak(options: SoakOptions, { simulator, servers, failures }: Parts): Promise<SoakReport> {
  const world = new World(simulator);
  await world.learn(ROOMS);
  const checker = new AnswerChecker(world, failures);
  const admin = new Person('admin', 0, servers, failures);
  await admin.signIn();
  await untilFound(admin);
  const people = Array.from(
    { length: options.people },
    (_, at) => new Person(roleOf(at), at % 2, servers, failures),
  );
  await Promise.all(people.map((person) => person.signIn()));
  options.say(`${people.length} people are in, ${world.ids.length} devices are known.`);

  const began = Date.now();
  const end = began + options.minutes * 60_000;
  const over = new AbortController();
  const done: Record<string, number> = {};
  const faultInjection = injectFaults(simulator, world);
  const machineSeen = watchMachine();
  let spending: Spending | null = null;
  const feed = { messages: 0 };
  const running = [
    ...people.map((person) => live(person, { end, done, world, checker, began, thinkMs: options.thinkMs })),
    ...people.slice(0, LISTENERS).map((person) => listen(person, over.signal, checker, feed)),
    repeatUntil(end, options.killEveryMs, async () => {
      options.say(`${Math.round((Date.now() - began) / 1000)} s: the second server is killed.`);
      await servers.killOne();
    }),
    repeatUntil(end, COMPARE_EVERY_MS, async () => {
      spending = (await compareLedgers(simulator, admin, failures)) ?? spending;
    }),
  ];
  await pause(end - Date.now());
  over.abort();
  await Promise.all(running);
  const machine = machineSeen();
  const faults = await faultInjection.stop();
  spending = (await compareLedgers(simulator, admin, failures)) ?? spending;
  const { problems, sources, slowestMs } = checker;
  const { kills, longestOutageMs, memory } = servers;
  const failedOver = people.reduce((sum, person) => sum + person.failedOver, 0);
  const counts = { done, problems, sources, faults, liveMessages: feed.messages, slowestMs, failedOver };
  // The logs are read after the servers have ended.
  await servers.close();
  return { ...counts, kills, longestOutageMs, spending, memory, machine, wrong: failures.list() };
}

const roleOf = (at: number): Role => (at % 20 < 10 ? 'support' : at % 20 < 17 ? 'viewer' : 'admin');

type Life = {
  end: number;
  done: Record<string, number>;
  world: World;
  checker: AnswerChecker;
  began: number;
  thinkMs: number;
};

/** One person, who performs one action after another with pauses. */
async function live(person: Person, { end, done, thinkMs, ...context }: Life): Promise<void> {
  const mine = ACTIONS.filter(({ roles }) => roles.includes(person.role));
  const chances = mine.flatMap((action) => Array.from({ length: action.weight }, () => action));
  await pause(Math.random() * thinkMs);
  while (Date.now() < end) {
    const action = chances[Math.floor(Math.random() * chances.length)];
    if (!action) return;
    await action.run(person, context);
    done[action.name] = (done[action.name] ?? 0) + 1;
    await pause(Math.min(thinkMs * (0.5 + Math.random()), Math.max(0, end - Date.now())));
  }
}

/** An open page with a live feed, which it opens again when it ends. */
async function listen(
  person: Person,
  over: AbortSignal,
  checker: AnswerChecker,
  feed: { messages: number },
): Promise<void> {
  while (!over.aborted) {
    await person.listen('/api/v1/live', over, (text) => {
      feed.messages += text.split('\nevent: ').length - 1 + Number(text.startsWith('event: '));
      checker.conceals(person, '/api/v1/live', text);
    });
    await pause(500);
  }
}

async function repeatUntil(end: number, every: number, turn: () => Promise<void>): Promise<void> {
  for (let next = Date.now() + every; next < end; next += every) {
    await pause(Math.max(0, next - Date.now()));
    await turn();
  }
}
