import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type PostgresServer, startPostgres } from './postgres-server.ts';

/**
 * One PostgreSQL for all test files of a run, started when the first of them asks. Whoever connects to the port in
 * TEST_POSTGRES_PORT is sent the server's URL, or why there is none.
 */
export async function setup(): Promise<() => Promise<void>> {
  let server: Promise<PostgresServer> | undefined;
  const listener = createServer((socket) => {
    socket.on('error', () => undefined);
    server ??= startPostgres();
    server.then(
      ({ url }) => socket.end(url),
      (error) => socket.end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  process.env.TEST_POSTGRES_PORT = String((listener.address() as AddressInfo).port);
  return async () => {
    listener.close();
    await server?.then(
      ({ stop }) => stop(),
      () => undefined,
    );
  };
}
