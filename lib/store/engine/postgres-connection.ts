import { Socket } from 'node:net';
import pg from 'pg';

/** How patient connections are, in milliseconds, and where their sockets are found while they are open. */
export type Manners = {
  connectMs: number;
  /** A connection over which nothing came for so long is given up. 0: never. */
  silenceMs: number;
  sockets: Set<Socket>;
};

// Counts, sums and moments stay far below 2^53, so the texts in which pg hands them over become numbers.
const NUMBERS = [pg.types.builtins.INT8, pg.types.builtins.NUMERIC];

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (NUMBERS.includes(oid) ? Number : pg.types.getTypeParser(oid, format)),
};

/** How every connection to the database is made. */
export function connectionOptions(url: string, { connectMs, silenceMs, sockets }: Manners): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'rooms-desk',
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    types,
    stream: () => {
      const socket = new Socket();
      // pg's own time limit would leave the connection in the pool, to fail the next question too.
      socket.setTimeout(silenceMs, () => socket.destroy(new Error('PostgreSQL has not answered in time.')));
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
  };
}

/** A pool in which a connection that breaks fails the question it was answering, and nothing else. */
export function openPool(options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(options);
  // Unheard, the error of an idle connection or of one between two statements would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}
