import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

const HOST = '127.0.0.1';
const RETRY_MS = 50;

/** A loopback server that can refuse connections for a while and then listen on its port again. */
export class Listener {
  readonly #server: Server;
  readonly #upgraded = new Set<Duplex>();
  #port = 0;
  #return: NodeJS.Timeout | undefined;

  constructor(serve: RequestListener, keepAliveTimeout: number, upgrade?: UpgradeListener) {
    // Clients that offer HTTP/2 in their first request are answered as before.
    const shouldUpgradeCallback = ({ headers }: IncomingMessage) =>
      upgrade !== undefined && headers.upgrade?.toLowerCase() === 'websocket';
    this.#server = createServer({ keepAliveTimeout, shouldUpgradeCallback }, serve);
    if (!upgrade) return;
    this.#server.on('upgrade', (request, socket, head) => {
      this.#upgraded.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => this.#upgraded.delete(socket));
      upgrade(request, socket, head);
    });
  }

  get origin(): string {
    return `http://${HOST}:${this.#port}`;
  }

  get refusing(): boolean {
    return this.#return !== undefined;
  }

  open(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, HOST, () => {
        this.#server.off('error', reject);
        this.#server.on('error', () => this.#returnIn(RETRY_MS));
        this.#port = (this.#server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  /** Refuses new connections; `hangUp` ends the open ones. */
  refuseFor(ms: number): void {
    this.#server.close();
    this.#returnIn(ms);
  }

  /** The server does not count those that became WebSockets among its own. */
  hangUp(): void {
    this.#server.closeAllConnections();
    for (const socket of this.#upgraded) socket.destroy();
  }

  /** Ends a refusal before its time. */
  comeBack(): void {
    if (this.refusing) this.#listenAgain();
  }

  close(): Promise<void> {
    clearTimeout(this.#return);
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.hangUp();
    });
  }

  /** If another process has taken the port meanwhile, the server's error event leads here again. */
  #returnIn(ms: number): void {
    clearTimeout(this.#return);
    this.#return = setTimeout(() => this.#listenAgain(), ms);
  }

  #listenAgain(): void {
    clearTimeout(this.#return);
    this.#return = undefined;
    this.#server.listen(this.#port, HOST);
  }
}
