import type { SimEvent } from './event.ts';

export type Transport = 'callback' | 'stream';
export type DeliveryState = 'waiting' | 'acknowledged' | 'failed' | 'dropped';

export type Attempt = { at: string; outcome: string };

/** One event in one transport. `attempts` has the outcome of each push. */
export type Delivery = {
  transport: Transport;
  state: DeliveryState;
  attempts: Attempt[];
};

/** The input of a transport. */
export type Parcel = { event: SimEvent; delivery: Delivery };

export type LedgerLine = SimEvent & { deliveries: Delivery[] };

const MOST_LINES = 2_000;

/** The sent events and their deliveries. */
export class Ledger {
  #lines: LedgerLine[] = [];
  #made = 0;

  /** Drops the oldest line when there are too many. */
  enter(event: SimEvent): LedgerLine {
    const line = { ...event, deliveries: [] };
    this.#lines.push(line);
    this.#made += 1;
    if (this.#lines.length > MOST_LINES) this.#lines.shift();
    return line;
  }

  clear(): void {
    this.#lines = [];
    this.#made = 0;
  }

  state(): { counts: Record<DeliveryState | 'made', number>; events: LedgerLine[] } {
    const counts = { made: this.#made, waiting: 0, acknowledged: 0, failed: 0, dropped: 0 };
    for (const { deliveries } of this.#lines) for (const { state } of deliveries) counts[state] += 1;
    return { counts, events: this.#lines };
  }
}

/** Records a push; its outcome is added later. */
export function startAttempt(delivery: Delivery, now: number, outcome = 'waiting'): Attempt {
  const attempt = { at: new Date(now).toISOString(), outcome };
  delivery.attempts.push(attempt);
  return attempt;
}
