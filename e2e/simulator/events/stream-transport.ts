import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Hostility } from './hostility.ts';
import type { Parcel } from './ledger.ts';
import { STREAM_ACTIONS } from './stream-actions.ts';
import { StreamConnection } from './stream-connection.ts';
import { systemFrame } from './stream-frame.ts';
import { StreamPushes } from './stream-pushes.ts';
import { STREAM_STANDARD, type StreamSettings } from './stream-settings.ts';
import { Tickets } from './tickets.ts';

type SimulatorContext = {
  clock: { now(): number };
  random: { below(limit: number): number };
  hostility: () => Hostility;
};

const LARGEST_MESSAGE = 1_048_576;

/** The stream: tickets, open connections, and their events. */
export class StreamTransport {
  settings: StreamSettings = { ...STREAM_STANDARD };
  /** The address of this transport; the listener knows it once it is open. */
  origin = '';
  readonly tickets: Tickets;
  readonly #context: SimulatorContext;
  readonly #pushes: StreamPushes;
  readonly #connections = new Set<StreamConnection>();
  readonly #hanging = new Set<Duplex>();
  readonly #server = new WebSocketServer({ noServer: true, autoPong: false, maxPayload: LARGEST_MESSAGE });
  #ever = 0;
  #most = 0;

  constructor(context: SimulatorContext) {
    this.#context = context;
    this.tickets = new Tickets(context.clock);
    const { clock, hostility } = context;
    this.#pushes = new StreamPushes({
      clock,
      hostility,
      settings: () => this.settings,
      pick: () => this.#pick(),
    });
  }

  get endpoint(): string {
    return this.settings.endpoint ?? `${this.origin.replace(/^http/, 'ws')}/connect`;
  }

  send(parcel: Parcel): void {
    this.#pushes.send(parcel);
  }

  /** A WebSocket request: only with a valid ticket, and only at one path. */
  upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): void {
    const [path, search] = (request.url ?? '').split('?', 2);
    const { connects } = this.settings;
    if (connects === 'hangs') {
      this.#hanging.add(raw);
      raw.once('close', () => this.#hanging.delete(raw));
      return;
    }
    if (connects === 'refused') {
      refuse(raw, '503 Service Unavailable');
      return;
    }
    const fits = path === '/connect';
    const ticket = fits ? this.tickets.redeem(new URLSearchParams(search).get('ticket') ?? '') : undefined;
    if (!ticket) {
      refuse(raw, fits ? '401 Unauthorized' : '404 Not Found');
      return;
    }
    this.#server.handleUpgrade(request, raw, head, (socket) => {
      this.#ever += 1;
      const connection: StreamConnection = new StreamConnection({
        id: this.#ever,
        socket,
        raw,
        wantsEvents: ticket.wantsEvents,
        headerKey: () => this.settings.headerKey,
        now: () => this.#context.clock.now(),
        onAck: (ack) => this.#pushes.acknowledge(ack),
        onClose: () => {
          this.#connections.delete(connection);
          this.#pushes.lose(connection);
        },
      });
      this.#open(connection);
    });
  }

  /** Changes settings, also of open connections. */
  set(changes: Partial<StreamSettings>): void {
    this.settings = { ...this.settings, ...changes };
    if (!('pingSeconds' in changes || 'keepAliveSeconds' in changes || 'speed' in changes)) return;
    for (const connection of this.#connections) {
      if (connection.takesEvents) this.#beat(connection);
    }
  }

  /** Applies an action to one connection or to all, and returns their IDs. */
  act(action: string, id?: number): number[] {
    const chosen = [...this.#connections].filter((connection) => id === undefined || connection.id === id);
    const scene = {
      now: this.#context.clock.now(),
      silenceMs: (this.settings.silenceSeconds * 1_000) / this.settings.speed,
    };
    for (const connection of chosen) STREAM_ACTIONS[action]?.run(connection, scene);
    return chosen.map((connection) => connection.id);
  }

  forget(): void {
    this.#pushes.forget();
  }

  /** Ends all connections and clears the state. */
  reset(): void {
    this.forget();
    for (const connection of this.#connections) connection.terminate();
    for (const raw of this.#hanging) raw.destroy();
    this.#connections.clear();
    this.tickets.reset();
    this.settings = { ...STREAM_STANDARD };
    this.#ever = 0;
    this.#most = 0;
  }

  state(): Record<string, unknown> {
    const open = [...this.#connections].map((connection) => connection.describe());
    return {
      ...this.settings,
      endpoint: this.endpoint,
      connections: { open, now: open.length, ever: this.#ever, mostAtOnce: this.#most },
      tickets: this.tickets.state(),
      ...this.#pushes.state(),
    };
  }

  #open(connection: StreamConnection): void {
    this.#connections.add(connection);
    this.#most = Math.max(this.#most, this.#connections.size);
    if (this.settings.greets) {
      for (const topic of ['CONNECTED', 'REGISTERED']) {
        connection.sendFrame(systemFrame(topic, {}, this.#context.clock.now()));
      }
    }
    this.#beat(connection);
    if (connection.wantsEvents) this.#pushes.release();
  }

  #pick(): StreamConnection | undefined {
    const takers = [...this.#connections].filter(({ takesEvents }) => takesEvents);
    return takers.length === 0 ? undefined : takers[this.#context.random.below(takers.length)];
  }

  /** Sends pings and KEEPALIVE frames at their intervals while the connection is open. */
  #beat(connection: StreamConnection): void {
    const { speed, pingSeconds, keepAliveSeconds } = this.settings;
    const every = (seconds: number, sendFrame: () => void): void => {
      if (seconds <= 0) return;
      connection.timers.after((seconds * 1_000) / speed, () => {
        sendFrame();
        every(seconds, sendFrame);
      });
    };
    connection.timers.clear();
    every(pingSeconds, () => connection.ping());
    every(keepAliveSeconds, () =>
      connection.sendFrame(systemFrame('KEEPALIVE', {}, this.#context.clock.now())),
    );
  }
}

function refuse(raw: Duplex, status: string): void {
  raw.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => raw.destroy());
}
