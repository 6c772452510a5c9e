import type { Clock } from './clock.ts';

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
  readonly #admitted = new Map<string, number[]>();
  #month = '';
  #spent = 0;

  constructor(clock: Clock, settings: LimitSettings) {
    this.#clock = clock;
    this.settings = { ...settings };
    this.#initial = { ...settings };
  }

  reset(): void {
    this.settings = { ...this.#initial };
    this.#admitted.clear();
    this.#spent = 0;
  }

  /** Undefined lets the call pass and gives it a place in the windows; a refused call takes none. */
  admit(api: string, metered: boolean): Excess | undefined {
    const now = this.#clock.now();
    const recent = this.#recent(api, now);
    const { qps, qpm, monthly } = this.settings;
    if (qps && recent.filter((at) => at > now - SECOND).length >= qps) return 'qps';
    if (qpm && recent.length >= qpm) return 'qpm';
    if (metered && this.spent() >= monthly) return 'quota';
    recent.push(now);
    return undefined;
  }

  spend(): void {
    this.#spent = this.spent() + 1;
  }

  /** Metered calls of this month, as DingTalk's calendar in Shanghai has it. */
  spent(): number {
    const month = new Date(this.#clock.now() + SHANGHAI_MS).toISOString().slice(0, 7);
    if (month !== this.#month) this.#spent = 0;
    this.#month = month;
    return this.#spent;
  }

  /** Calls newer than a minute; a clock that was set back forgets the calls of its future. */
  #recent(api: string, now: number): number[] {
    const recent = (this.#admitted.get(api) ?? []).filter((at) => at > now - MINUTE && at <= now);
    this.#admitted.set(api, recent);
    return recent;
  }
}
