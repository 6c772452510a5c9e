import { matchPath } from '../apis/path-pattern.ts';

/** A fault that applies to calls. `args` are its own arguments. */
export type Fault = {
  fault: string;
  path: string;
  method?: string;
  /** Only calls whose address contains this text. */
  match?: string;
  /** The number of further calls; unlimited when absent. */
  times?: number;
  /** Whether the quota counts the call, if a test overrides the kind. */
  counted?: boolean;
  hits: number;
  args: Record<string, unknown>;
};

type Call = { method: string; pattern: string; path: string; url: string };

/** The current faults, one for each path, method and match. */
export class Faults {
  #list: Fault[] = [];
  #clearing = new AbortController();

  /** Aborted when the current faults are cleared. */
  get cleared(): AbortSignal {
    return this.#clearing.signal;
  }

  list(): Fault[] {
    return this.#list;
  }

  /** Answers calls that a fault holds back. */
  clear(): void {
    this.#list = [];
    this.#clearing.abort();
    this.#clearing = new AbortController();
  }

  put(fault: Fault): void {
    const same = (one: Fault) =>
      one.path === fault.path && one.method === fault.method && one.match === fault.match;
    this.#list = [fault, ...this.#list.filter((one) => !same(one))];
  }

  /** The fault for this call, one for its path before the one for `*`; counts as used. */
  take(call: Call): Fault | undefined {
    const fitting = this.#list.filter((one) => fits(one, call));
    const fault = fitting.find(({ path }) => path !== '*') ?? fitting[0];
    if (!fault) return undefined;
    fault.hits += 1;
    if (fault.times !== undefined) {
      fault.times -= 1;
      if (fault.times <= 0) this.#list = this.#list.filter((one) => one !== fault);
    }
    return fault;
  }
}

function fits(fault: Fault, call: Call): boolean {
  if (fault.method && fault.method !== call.method) return false;
  if (fault.match && !call.url.includes(fault.match)) return false;
  if (fault.path === '*' || fault.path === call.pattern) return true;
  return matchPath(fault.path, call.path) !== undefined;
}
