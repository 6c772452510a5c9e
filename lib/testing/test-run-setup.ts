import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { memoryFolder } from './databases/memory-folder.ts';
import { type PostgresServer, startPostgres } from './databases/postgres-server.ts';

/** Prepares what the test files of a run share, in the process that starts their workers. */
export async function setup(): Promise<() => Promise<void>> {
  const stopPostgres = await offerPostgres({ ...process.env });
  const removeFolder = keepTemporaryFilesInMemory();
  return async () => {
    await stopPostgres();
    removeFolder();
  };
}

/**
 * One PostgreSQL for all test files of a run, started when the first of them asks. A connection to the port in
 * TEST_POSTGRES_PORT is sent the server's URL, or why there is none.
 */
async function offerPostgres(env: NodeJS.ProcessEnv): Promise<() => Promise<void>> {
  let server: Promise<PostgresServer> | undefined;
  const listener = createServer((socket) => {
    socket.on('error', () => undefined);
    server ??= startPostgres(env);
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

/** SQLite waits for the disk at every commit, which a busy machine makes long. */
function keepTemporaryFilesInMemory(): () => void {
  const folder = mkdtempSync(join(memoryFolder(), 'rooms-desk-tests-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  process.env.TMPDIR = folder;
  // Simulators and commands are started a hundred times; compiled once, each start takes half as long.
  process.env.NODE_COMPILE_CACHE = join(folder, 'compiled');
  return remove;
}
