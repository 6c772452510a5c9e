import { readReply, type Spelling, writeLetter } from './callback-letter.ts';
import { type Body, flatForm, type SimEvent } from './event.ts';
import type { Hostility } from './hostility.ts';
import { type Parcel, startAttempt } from './ledger.ts';
import { post } from './post.ts';
import { Timers } from './timers.ts';

export type CallbackSettings = { url: string | null; speed: number; spelling: Spelling };
type SimulatorContext = { clock: { now(): number }; hostility: () => Hostility };

const ANSWER_MS = 2_500;
const RETRY_MS = [10_000, 30_000];
const LISTED_AFTER_MS = 3 * 60_000;
const MOST_LISTED = 200;

/** Posts events to one address, up to three times, and lists those that failed. */
export class CallbackTransport {
  settings: CallbackSettings;
  readonly #initial: CallbackSettings;
  readonly #context: SimulatorContext;
  readonly #timers = new Timers();
  #left = new AbortController();
  #failed: { event: SimEvent; listedAt: number }[] = [];

  constructor(url: string | null, context: SimulatorContext) {
    this.#initial = { url, speed: 1, spelling: 'msg_signature' };
    this.settings = { ...this.#initial };
    this.#context = context;
  }

  send(parcel: Parcel): void {
    void this.#attempt(parcel, 0);
  }

  /** The handshake that the console uses to check an address. */
  async check(): Promise<string> {
    return (await this.#post({ EventType: 'check_url' }, this.#left.signal)) ?? 'given up';
  }

  /** Drops pending deliveries and clears the failed list. */
  forget(): void {
    this.#left.abort();
    this.#left = new AbortController();
    this.#timers.clear();
    this.#failed = [];
  }

  reset(): void {
    this.forget();
    this.settings = { ...this.#initial };
  }

  /** Each failed event is returned once. */
  takeFailed(): { events: SimEvent[]; hasMore: boolean } {
    const now = this.#context.clock.now();
    const ready = this.#failed.filter(({ listedAt }) => listedAt <= now);
    const taken = new Set(ready.slice(0, MOST_LISTED));
    this.#failed = this.#failed.filter((one) => !taken.has(one));
    return { events: [...taken].map(({ event }) => event), hasMore: ready.length > MOST_LISTED };
  }

  state(): CallbackSettings & { failed: number } {
    return { ...this.settings, failed: this.#failed.length };
  }

  async #attempt(parcel: Parcel, tried: number): Promise<void> {
    const { event, delivery } = parcel;
    const attempt = startAttempt(delivery, this.#context.clock.now());
    const outcome = await this.#post(flatForm(event), this.#left.signal);
    if (outcome === undefined) return;
    attempt.outcome = outcome;
    const wait = RETRY_MS[tried];
    if (outcome === 'success') delivery.state = 'acknowledged';
    else if (wait !== undefined) {
      this.#timers.after(wait / this.settings.speed, () => void this.#attempt(parcel, tried + 1));
    } else {
      delivery.state = 'failed';
      const listedAt = this.#context.clock.now() + LISTED_AFTER_MS / this.settings.speed;
      this.#failed.push({ event, listedAt });
    }
  }

  /** "success" or the error; undefined when deliveries have been dropped meanwhile. */
  async #post(message: Body, left: AbortSignal): Promise<string | undefined> {
    const { url: address, spelling } = this.settings;
    if (address === null) return 'no address';
    const { forge } = this.#context.hostility();
    const now = this.#context.clock.now();
    const { url, body } = writeLetter(address, { message: JSON.stringify(message), now, spelling, forge });
    const late = new AbortController();
    const inTime = this.#timers.after(ANSWER_MS, () => late.abort());
    try {
      const { status, text } = await post(url, body, AbortSignal.any([left, late.signal]));
      return left.aborted ? undefined : readReply(status, text);
    } catch (error) {
      if (left.aborted) return undefined;
      return late.signal.aborted
        ? 'no answer in 2.5 s'
        : String((error as NodeJS.ErrnoException).code ?? error);
    } finally {
      inTime();
    }
  }
}
