import { WebSocket } from 'ws';
import type { Tester } from './tester.ts';

export type StreamFrame = {
  specVersion: string;
  type: string;
  headers: Record<string, string>;
  data: string;
};

export const CREDENTIALS = { clientId: 'dingsimulator', clientSecret: 'simulator-secret' };
const SUBSCRIPTIONS = [{ type: 'EVENT', topic: '*' }];

type Ticket = { endpoint: string; ticket: string };

/** A ticket, as a client requests it. */
export async function askTicket(app: Tester): Promise<Ticket> {
  const asked = { ...CREDENTIALS, subscriptions: SUBSCRIPTIONS };
  const { body } = await app.post('/v1.0/gateway/connections/open', asked, { accept: 'application/json' });
  return body as Ticket;
}

/** The client's end of a stream. It keeps all frames and answers only when a test says so. */
export class StreamClient {
  readonly socket: WebSocket;
  readonly texts: string[] = [];
  /** Answers events automatically when set. */
  answer: ((frame: StreamFrame) => void) | undefined;
  readonly closed: Promise<number>;
  #lastError = '';

  constructor({ endpoint, ticket }: Ticket) {
    this.socket = new WebSocket(`${endpoint}?ticket=${encodeURIComponent(ticket)}`);
    this.socket.on('message', (data) => {
      this.texts.push(String(data));
      const frame = this.frames.at(-1);
      if (frame?.type === 'EVENT' && frame.headers?.messageId) this.answer?.(frame);
    });
    this.socket.on('error', (error) => {
      this.#lastError = error.message;
    });
    this.closed = new Promise((resolve) => this.socket.once('close', resolve));
  }

  /** Opens a stream; `acknowledging` answers every event with SUCCESS. */
  static async open(app: Tester, { acknowledging = false } = {}): Promise<StreamClient> {
    const client = new StreamClient(await askTicket(app));
    if (acknowledging) client.answer = (frame) => client.acknowledge(frame);
    await new Promise<void>((resolve, reject) => {
      client.socket.once('open', resolve);
      client.socket.once('error', reject);
    });
    return client;
  }

  get error(): string {
    return this.#lastError;
  }

  get frames(): StreamFrame[] {
    return this.texts.flatMap((text) => {
      try {
        const frame = JSON.parse(text) as StreamFrame | null;
        return frame && typeof frame === 'object' && !Array.isArray(frame) ? [frame] : [];
      } catch {
        return [];
      }
    });
  }

  get events(): StreamFrame[] {
    return this.frames.filter(({ type, headers }) => type === 'EVENT' && headers?.eventId);
  }

  topics(): string[] {
    return this.frames.filter(({ type }) => type === 'SYSTEM').map(({ headers }) => headers.topic ?? '');
  }

  acknowledge(
    { headers }: StreamFrame,
    data: unknown = { status: 'SUCCESS', message: 'ok' },
    code = 200,
  ): void {
    const back = { messageId: headers.messageId, contentType: 'application/json' };
    this.socket.send(JSON.stringify({ code, message: 'OK', headers: back, data: JSON.stringify(data) }));
  }

  close(): void {
    this.socket.terminate();
  }
}
