import { randomUUID } from 'node:crypto';

type Ticket = { expiresAt: number; wantsEvents: boolean };

const TICKET_MS = 90_000;

/** Tickets for the stream, each for one connection within 90 seconds. */
export class Tickets {
  readonly #clock: { now(): number };
  readonly #tickets = new Map<string, Ticket>();
  #issued = 0;

  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  issue(wantsEvents: boolean): string {
    const ticket = randomUUID();
    this.#tickets.set(ticket, { expiresAt: this.#clock.now() + TICKET_MS, wantsEvents });
    this.#issued += 1;
    return ticket;
  }

  redeem(ticket: string): Ticket | undefined {
    const known = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    return known && known.expiresAt > this.#clock.now() ? known : undefined;
  }

  /** Returns how many there were. */
  expireAll(): number {
    const standing = this.#tickets.size;
    this.#tickets.clear();
    return standing;
  }

  reset(): void {
    this.#tickets.clear();
    this.#issued = 0;
  }

  state(): { issued: number; unused: number } {
    return { issued: this.#issued, unused: this.#tickets.size };
  }
}
