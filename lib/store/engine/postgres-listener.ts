import type { Socket } from 'node:net';
import pg from 'pg';
import { connectionOptions } from './postgres-connection.ts';

/** Where instances tell each other that the feed grew. A channel belongs to its database. */
export const CHANNEL = 'rooms_desk_feed';

const CONNECT_MS = 5_000;

/** How often the server is asked whether it is still there: a broken line says nothing by itself. */
const HEARTBEAT_MS = 10_000;

/** Two heartbeats without an answer. */
const SILENCE_MS = 25_000;

/** How long to wait before connecting again: doubled at every failure, up to the longest. */
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;

export type Listening = { stop: () => Promise<void> };

/**
 * Listens for other instances' writes on a connection of its own and calls `onChange` at each, and whenever the connection
 * was lost and made anew, because something may have been missed. Rejects when the first attempt fails.
 */
export async function listen(url: string, sockets: Set<Socket>, onChange: () => void): Promise<Listening> {
  const manners = { connectMs: CONNECT_MS, silenceMs: SILENCE_MS, sockets };
  let client: pg.Client;
  let waitMs = FIRST_WAIT_MS;
  let later: NodeJS.Timeout | undefined;
  let stopped = false;

  async function connect(lost: () => void): Promise<void> {
    const own = new pg.Client(connectionOptions(url, manners));
    client = own;
    own.on('error', () => undefined);
    own.on('notification', onChange);
    await own.connect();
    await own.query(`listen ${CHANNEL}`).catch(async (error: unknown) => {
      await own.end();
      throw error;
    });
    const beating = setInterval(() => void own.query('select 1').catch(() => undefined), HEARTBEAT_MS);
    beating.unref();
    own.once('end', () => {
      clearInterval(beating);
      lost();
    });
    waitMs = FIRST_WAIT_MS;
  }

  function again(): void {
    if (stopped) return;
    // Spread, so that instances do not all come back to a server in the same moment.
    later = setTimeout(() => void connect(again).then(onChange, again), waitMs * (0.5 + Math.random() / 2));
    later.unref();
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }

  await connect(again);
  return {
    async stop() {
      stopped = true;
      clearTimeout(later);
      await client.end();
    },
  };
}
