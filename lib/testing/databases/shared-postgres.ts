import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { openPostgresStore } from '#lib/store/postgres.ts';
import { KEYS } from '#lib/testing/keys.ts';
import { connectPostgres, type PostgresServer, startPostgres } from './postgres-server.ts';

/** Any number, for the lock under which one test file makes the template. */
const TEMPLATE_LOCK = 14_000;
const TEMPLATE = 'desk_migrated';

/**
 * The PostgreSQL that all test files of a run share, see `test-run-setup.ts`; a server of its own outside such a
 * run. `stop` removes the databases that were made through it.
 */
export async function sharedPostgres(): Promise<PostgresServer> {
  const port = process.env.TEST_POSTGRES_PORT;
  if (!port) return startPostgres();
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  const url = await text(socket);
  if (!url.startsWith('postgres')) throw new Error(url);
  const made = new Set<string>();
  const server = await connectPostgres(url, async () => undefined);
  return {
    ...server,
    async newDatabase(template) {
      const database = await server.newDatabase(template);
      made.add(database);
      return database;
    },
    async dropDatabase(database) {
      made.delete(database);
      await server.dropDatabase(database);
    },
    async stop() {
      for (const database of made) await server.dropDatabase(database);
      await server.stop();
    },
  };
}

/** A database with all tables and no rows. Copying it is quicker than migrating a new one. */
export async function migratedTemplate({ url, query }: PostgresServer): Promise<string> {
  const template = Object.assign(new URL(url), { pathname: `/${TEMPLATE}` }).href;
  await query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    // The name is only given once the tables are there, so that a file that failed leaves no half template.
    const [known] = await query('select 1 from pg_database where datname = $1', [TEMPLATE]);
    if (known) return template;
    const draft = `${TEMPLATE}_draft`;
    await query(`drop database if exists ${draft} with (force)`);
    await query(`create database ${draft}`);
    await (await openPostgresStore(`${template}_draft`, KEYS)).close();
    await query(`alter database ${draft} rename to ${TEMPLATE}`);
    return template;
  } finally {
    await query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}
