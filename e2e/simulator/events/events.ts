import { CallbackTransport } from './callback-transport.ts';
import type { SimEvent } from './event.ts';
import { type Hostility, PEACE } from './hostility.ts';
import { type Delivery, Ledger, type LedgerLine, type Transport } from './ledger.ts';
import { StreamTransport } from './stream-transport.ts';
import { Timers } from './timers.ts';

type SimulatorContext = {
  clock: { now(): number };
  random: { below(limit: number): number };
  callbackUrl: string | null;
};

/** Both event transports, the sent events, and their faults. */
export class Events {
  hostility: Hostility = { ...PEACE };
  readonly callback: CallbackTransport;
  readonly stream: StreamTransport;
  readonly #ledger = new Ledger();
  readonly #timers = new Timers();
  readonly #random: SimulatorContext['random'];
  #shuffled: (() => void)[] = [];
  #pushes = 0;

  constructor({ clock, random, callbackUrl }: SimulatorContext) {
    const hostility = () => this.hostility;
    this.#random = random;
    this.callback = new CallbackTransport(callbackUrl, { clock, hostility });
    this.stream = new StreamTransport({ clock, random, hostility });
  }

  /** An app has one transport in the console: the callback if it has an address, else the stream. */
  emit(event: SimEvent, transports?: Transport[]): LedgerLine {
    const line = this.#ledger.enter(event);
    const standard: Transport = this.callback.settings.url === null ? 'stream' : 'callback';
    for (const transport of transports ?? [standard]) {
      for (let copy = 0; copy < this.hostility.duplicates; copy++) {
        line.deliveries.push({ transport, state: 'waiting', attempts: [] });
      }
    }
    if (!this.#spend()) {
      for (const delivery of line.deliveries) delivery.state = 'dropped';
      return line;
    }
    this.#arrange(() => {
      for (const delivery of line.deliveries) this.#send(event, delivery);
    });
    return line;
  }

  setHostility(changes: Partial<Hostility>): void {
    this.hostility = { ...this.hostility, ...changes };
    if (this.hostility.shuffle === 0) this.#shuffleOut();
  }

  /** Forgets events and drops pending deliveries; connections stay. */
  forget(): void {
    this.#timers.clear();
    this.#shuffled = [];
    this.callback.forget();
    this.stream.forget();
    this.#ledger.clear();
    this.#pushes = 0;
  }

  reset(): void {
    this.forget();
    this.hostility = { ...PEACE };
    this.callback.reset();
    this.stream.reset();
  }

  state(): Record<string, unknown> {
    return {
      callback: this.callback.state(),
      stream: this.stream.state(),
      hostility: this.hostility,
      pushes: this.#pushes,
      shuffling: this.#shuffled.length,
      ...this.#ledger.state(),
    };
  }

  /** Every event is one push of the month, however often it is sent. */
  #spend(): boolean {
    const { quota } = this.hostility;
    if (quota === 0) return false;
    if (quota !== null) this.hostility.quota = quota - 1;
    this.#pushes += 1;
    return true;
  }

  #arrange(send: () => void): void {
    const { shuffle } = this.hostility;
    if (shuffle === 0) {
      this.#delay(send);
      return;
    }
    this.#shuffled.push(send);
    if (this.#shuffled.length >= shuffle) this.#shuffleOut();
  }

  #shuffleOut(): void {
    const waiting = this.#shuffled;
    this.#shuffled = [];
    while (waiting.length > 0) {
      const [send] = waiting.splice(this.#random.below(waiting.length), 1);
      if (send) this.#delay(send);
    }
  }

  #delay(send: () => void): void {
    const { delayMs } = this.hostility;
    if (delayMs === 0) send();
    else this.#timers.after(delayMs, send);
  }

  #send(event: SimEvent, delivery: Delivery): void {
    if (delivery.transport === 'callback') this.callback.send({ event, delivery });
    else this.stream.send({ event, delivery });
  }
}
