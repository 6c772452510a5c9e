import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CallbackCrypto } from './events/callback-crypto.ts';
import { EVENT_APP } from './events/event-app.ts';

export type Letter = { query: Record<string, string>; message: Record<string, unknown>; at: number };
export type Reply =
  | 'success'
  | 'failure'
  | 'wrong-owner'
  | 'wrong-signature'
  | 'status-500'
  | 'html'
  | 'nothing';

const CRYPTO = new CallbackCrypto(EVENT_APP);
const OTHER = new CallbackCrypto({ ...EVENT_APP, owner: 'dingother' });

/** A callback address that decrypts every message and answers as configured. */
export class CallbackReceiver {
  readonly letters: Letter[] = [];
  /** The numbers of the errors of messages that could not be decrypted. */
  readonly refused: number[] = [];
  /** The responses to the next messages; afterwards all are `success`. */
  replies: Reply[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const query = Object.fromEntries(new URL(request.url ?? '/', 'http://here').searchParams);
      const { encrypt } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { encrypt: string };
      this.#keep(query, encrypt);
      const { status, text } = replyText(this.replies.shift() ?? 'success');
      if (status !== 0) response.writeHead(status).end(text);
    });
  }

  static async start(): Promise<CallbackReceiver> {
    const receiver = new CallbackReceiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/dingtalk/events?here=1`;
  }

  reset(): void {
    this.letters.length = 0;
    this.refused.length = 0;
    this.replies = [];
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #keep(query: Record<string, string>, encrypt: string): void {
    try {
      const opened = CRYPTO.open({
        signature: query.msg_signature ?? query.signature ?? '',
        timestamp: query.timestamp ?? query.timeStamp ?? '',
        nonce: query.nonce ?? '',
        encrypt,
      });
      this.letters.push({ query, message: JSON.parse(opened), at: Date.now() });
    } catch (error) {
      this.refused.push((error as { code: number }).code);
    }
  }
}

function replyText(reply: Reply): { status: number; text: string } {
  if (reply === 'nothing') return { status: 0, text: '' };
  if (reply === 'status-500') return { status: 500, text: '' };
  if (reply === 'html') return { status: 200, text: '<html>something on the way</html>' };
  const crypto = reply === 'wrong-owner' ? OTHER : CRYPTO;
  const sealed = crypto.seal(reply === 'failure' ? 'failure' : 'success', String(Date.now()));
  const signature = reply === 'wrong-signature' ? 'no' : sealed.signature;
  const { timestamp, nonce, encrypt } = sealed;
  return {
    status: 200,
    text: JSON.stringify({ msg_signature: signature, timeStamp: timestamp, nonce, encrypt }),
  };
}
