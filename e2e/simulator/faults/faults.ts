import { matchPath } from '../apis/path-pattern.ts';

/** A fault that waits for calls. `args` are the fault's own. */
export type Fault = {
  fault: string;
  path: string;
  method?: string;
  /** Only calls whose address holds this text. */
  match?: string;
  /** How many more calls; endless when absent. */
  times?: number;
  /** Whether the quota counts the call, when the test knows better than the fault's kind. */
  counted?: boolean;
  hits: number;
  args: Record<string, unknown>;
};

type Call = { method: string; pattern: string; path: string; url: string };

/** The faults that were ordered, one for each path, method and match. */
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

  /** Calls that a fault holds back are answered at once. */
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

  /** The fault for this call, the one that names its path before the one for `*`; it counts as used. */
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
