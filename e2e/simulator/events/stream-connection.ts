import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { freshId } from './event.ts';
import {
  type Ack,
  type Frame,
  frameText,
  type HeaderKey,
  rawTextFrame,
  readAck,
  systemFrame,
} from './stream-frame.ts';
import { Timers } from './timers.ts';

type Wires = {
  id: number;
  socket: WebSocket;
  raw: Duplex;
  wantsEvents: boolean;
  headerKey: () => HeaderKey;
  now: () => number;
  onAck: (ack: Ack) => void;
  onClose: () => void;
};

/** `leaving` when its end has started, `silent` when the connection is half-open. */
type State = 'open' | 'leaving' | 'silent';

/** A client connection of the stream. */
export class StreamConnection {
  readonly id: number;
  readonly wantsEvents: boolean;
  readonly timers = new Timers();
  readonly #wires: Wires;
  readonly #openedAt: string;
  readonly #opaques = new Map<string, string>();
  readonly #pings = { sent: 0, answered: 0, wrong: 0 };
  #state: State = 'open';
  #strange = 0;

  constructor(wires: Wires) {
    this.id = wires.id;
    this.wantsEvents = wires.wantsEvents;
    this.#wires = wires;
    this.#openedAt = new Date(wires.now()).toISOString();
    const { socket } = wires;
    socket.on('message', (data) => this.#receive(String(data)));
    socket.on('ping', (data) => this.#state !== 'silent' && socket.pong(data));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.timers.clear();
      wires.onClose();
    });
  }

  /** A half-open connection is not detected, so it still gets its share of events. */
  get takesEvents(): boolean {
    return this.wantsEvents && this.#state !== 'leaving';
  }

  sendFrame(frame: Frame): void {
    this.expectText(frameText(frame, this.#wires.headerKey()));
  }

  expectText(text: string | Buffer): void {
    if (this.#state === 'open') this.#wires.socket.send(text);
  }

  ping(): void {
    if (this.#state !== 'open') return;
    const opaque = freshId();
    const frame = systemFrame('ping', { opaque }, this.#wires.now());
    this.#opaques.set(String(frame.headers.messageId), opaque);
    this.#pings.sent += 1;
    this.sendFrame(frame);
  }

  /** Announces the end, sends nothing more, and closes without a closing handshake. */
  disconnect(silenceMs: number): void {
    this.sendFrame(systemFrame('disconnect', { reason: 'connection is expired' }, this.#wires.now()));
    this.#state = 'leaving';
    this.timers.after(silenceMs, () => this.terminate());
  }

  /** Makes the connection half-open: nothing is read, not even a closing handshake. */
  fallSilent(): void {
    // A connection that has announced its end gets no events, because it would not deliver them.
    if (this.#state === 'leaving') return;
    this.#state = 'silent';
    this.#wires.raw.removeAllListeners('data');
    this.#wires.raw.on('data', () => {});
  }

  /** Sends half a frame, then closes the connection. */
  cut(frame: Frame): void {
    const bytes = rawTextFrame(frameText(frame, this.#wires.headerKey()));
    const { raw } = this.#wires;
    this.#state = 'leaving';
    raw.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => raw.destroy());
  }

  terminate(): void {
    this.timers.clear();
    this.#wires.socket.terminate();
  }

  describe(): Record<string, unknown> {
    const { id, wantsEvents } = this;
    return {
      id,
      state: this.#state,
      openedAt: this.#openedAt,
      wantsEvents,
      pings: this.#pings,
      strange: this.#strange,
    };
  }

  #receive(text: string): void {
    const ack = readAck(text);
    if (!ack) {
      this.#strange += 1;
      return;
    }
    const opaque = this.#opaques.get(ack.messageId);
    if (opaque === undefined) {
      this.#wires.onAck(ack);
      return;
    }
    this.#opaques.delete(ack.messageId);
    this.#pings[ack.code === 200 && ack.data.opaque === opaque ? 'answered' : 'wrong'] += 1;
  }
}
