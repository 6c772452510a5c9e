import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Instance, openInstance, type Simulator } from '../support/app-process.ts';
import type { Failures } from './failures.ts';

type Env = Record<string, string>;
/** The server in this place and its outages, in milliseconds since the epoch. */
type Outage = { from: number; until: number };
type Place = { instance: Instance; up: boolean; outages: Outage[] };
/** Resident memory in bytes, by the age of the process in milliseconds. */
export type MemorySample = { ageMs: number; bytes: number };

const SAMPLE_EVERY_MS = 2_000;
/** Requests in progress at a kill may fail, and so may those that arrive before the server listens again. */
const GRACE_MS = 1_000;

/** Two servers on one database. The first runs all the time; the second is killed and started again. */
export class Servers {
  readonly memory: MemorySample[] = [];
  kills = 0;
  /** The longest outage of the killed server. */
  longestOutageMs = 0;
  readonly #simulator: Simulator;
  readonly #env: Env;
  readonly #failures: Failures;
  readonly #places: Place[] = [];
  #over = false;
  #sampling: Promise<void> = Promise.resolve();
  readonly #began = Date.now();

  constructor(simulator: Simulator, env: Env, failures: Failures) {
    this.#simulator = simulator;
    this.#env = env;
    this.#failures = failures;
  }

  /** Starts the server that will be killed first, so that it holds the job leases when that happens. */
  async open(): Promise<void> {
    const killed = await openInstance(this.#simulator, { env: this.#env });
    const first = await openInstance(this.#simulator, { env: this.#env });
    this.#places.push(...[first, killed].map((instance) => ({ instance, up: true, outages: [] })));
    this.#sampling = this.#sample();
  }

  /** The address of a server that is up, the preferred one if it is. */
  url(preferred: number): { url: string; place: number } {
    const place = this.#places[preferred]?.up ? preferred : 0;
    return { url: this.#at(place).instance.url, place };
  }

  /** The process that runs all the time. */
  get survivor(): Instance {
    return this.#at(0).instance;
  }

  /** Whether the server was down at some moment of the interval. */
  wasAway(place: number, from: number, until: number): boolean {
    const { outages } = this.#at(place);
    return outages.some((outage) => outage.from <= until && outage.until + GRACE_MS >= from);
  }

  /** Kills the second server and starts it again on the same port. */
  async killOne(): Promise<void> {
    const place = this.#at(1);
    const { port } = new URL(place.instance.url);
    place.up = false;
    const outage = { from: Date.now(), until: Number.POSITIVE_INFINITY };
    place.outages.push(outage);
    this.#readLogs(place.instance);
    await place.instance.kill();
    this.kills += 1;
    place.instance = await openInstance(this.#simulator, { env: this.#env, port: Number(port) });
    outage.until = Date.now();
    this.longestOutageMs = Math.max(this.longestOutageMs, outage.until - outage.from);
    place.up = true;
  }

  /** Stops both servers and reads their logs; runs once. */
  async close(): Promise<void> {
    this.#over = true;
    await this.#sampling;
    for (const { instance } of this.#places.splice(0).reverse()) {
      this.#readLogs(instance);
      await instance.close();
    }
  }

  #at(place: number): Place {
    const found = this.#places[place];
    if (!found) throw new Error(`There is no server ${place}.`);
    return found;
  }

  /** Collects uncaught exceptions and errors from the log. */
  #readLogs(instance: Instance): void {
    for (const line of instance.logs().split('\n')) {
      if (/unhandled|uncaught|out of memory/i.test(line)) this.#failures.add('uncaught exception', line);
      else if (line.includes('"level":"error"')) this.#failures.add('error in the log', line);
    }
  }

  async #sample(): Promise<void> {
    while (!this.#over) {
      this.memory.push({ ageMs: Date.now() - this.#began, bytes: residentBytes(this.survivor.pid) });
      await pause(SAMPLE_EVERY_MS);
    }
  }
}

function residentBytes(pid: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1_024;
}
