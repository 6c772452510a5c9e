import type { Clock } from './clock.ts';
import { SlidingWindow } from './sliding-window.ts';

/** `0` for a rate means no limit of that kind. */
export type LimitSettings = { qps: number; qpm: number; monthly: number; latencyMs: number };
export type Excess = 'qps' | 'qpm' | 'quota';

const SECOND = 1_000;
const MINUTE = 60_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** Rates for each API in sliding windows, and one count of metered calls for the calendar month. */
export class Limits {
  settings: LimitSettings;
  readonly #clock: Clock;
  readonly #initial: LimitSettings;
  readonly #windows = new Map<string, { second: SlidingWindow; minute: SlidingWindow }>();
  #month = '';
  #spent = 0;

  constructor(clock: Clock, settings: LimitSettings) {
    this.#clock = clock;
    this.settings = { ...settings };
    this.#initial = { ...settings };
  }

  reset(): void {
    this.settings = { ...this.#initial };
    this.#windows.clear();
    this.#spent = 0;
  }

  /** Undefined accepts the call and counts it in the windows; a refused call is not counted. */
  admit(api: string, metered: boolean): Excess | undefined {
    const now = this.#clock.now();
    const { second, minute } = this.#windowsOf(api);
    const { qps, qpm, monthly } = this.settings;
    if (qps && second.count(now) >= qps) return 'qps';
    if (qpm && minute.count(now) >= qpm) return 'qpm';
    if (metered && this.spent() >= monthly) return 'quota';
    if (qps) second.add(now);
    if (qpm) minute.add(now);
    return undefined;
  }

  spend(): void {
    this.#spent = this.spent() + 1;
  }

  /** The metered calls of this month in the calendar of Shanghai. */
  spent(): number {
    const month = new Date(this.#clock.now() + SHANGHAI_MS).toISOString().slice(0, 7);
    if (month !== this.#month) this.#spent = 0;
    this.#month = month;
    return this.#spent;
  }

  #windowsOf(api: string): { second: SlidingWindow; minute: SlidingWindow } {
    const known = this.#windows.get(api);
    if (known) return known;
    const windows = { second: new SlidingWindow(SECOND), minute: new SlidingWindow(MINUTE) };
    this.#windows.set(api, windows);
    return windows;
  }
}
