import type { APIRequestContext } from '@playwright/test';
import { type Desk, type DeskOptions, openDesk } from './desk-process.ts';
import { type Account, requestsAs } from './request-as.ts';

/** How many servers a worker keeps, the present one included: those that several files share come up again and again. */
const MOST_SERVERS = 3;

/** A server under test and the accounts that are signed in there. */
export class PooledServer {
  readonly desk: Desk;
  readonly #end: () => Promise<void>;
  readonly #signedIn = new Map<Account, Promise<APIRequestContext>>();
  constructor({ desk, close }: Awaited<ReturnType<typeof openDesk>>) {
    this.desk = desk;
    this.#end = close;
  }

  signedIn(account: Account): Promise<APIRequestContext> {
    const known = this.#signedIn.get(account) ?? requestsAs(account, this.desk.url);
    this.#signedIn.set(account, known);
    return known;
  }

  async close(): Promise<void> {
    for (const each of this.#signedIn.values()) await (await each).dispose();
    await this.#end();
  }
}

/**
 * The servers of a worker, one for each set of options. Files with different options run in one worker, because another
 * worker and its browser would cost five seconds of a processor.
 */
export class ServerPool {
  /** By options, the one used last at the end. */
  readonly #servers = new Map<string, PooledServer>();

  async open(options: DeskOptions): Promise<PooledServer> {
    const key = JSON.stringify(options);
    const server = this.#servers.get(key) ?? new PooledServer(await openDesk(options));
    this.#servers.delete(key);
    this.#servers.set(key, server);
    for (const [old, unused] of this.#servers) {
      if (this.#servers.size <= MOST_SERVERS) break;
      this.#servers.delete(old);
      await unused.close();
    }
    return server;
  }

  async close(): Promise<void> {
    for (const server of this.#servers.values()) await server.close();
  }
}
