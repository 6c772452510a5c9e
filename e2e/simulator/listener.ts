import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const HOST = '127.0.0.1';
const KEEP_ALIVE_MS = 60_000;
const RETRY_MS = 50;

/** One loopback server that can refuse connections for a while and then come back on its port. */
export class Listener {
  readonly #server: Server;
  #port = 0;
  #return: NodeJS.Timeout | undefined;

  constructor(serve: RequestListener) {
    this.#server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, serve);
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

  /** New connections are refused from now on; `hangUp` ends those that stand. */
  refuseFor(ms: number): void {
    this.#server.close();
    this.#returnIn(ms);
  }

  hangUp(): void {
    this.#server.closeAllConnections();
  }

  /** Ends a refusal before its time. */
  comeBack(): void {
    if (this.refusing) this.#listenAgain();
  }

  close(): Promise<void> {
    clearTimeout(this.#return);
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  /** If somebody has taken the port meanwhile, the server's error event leads here again. */
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
