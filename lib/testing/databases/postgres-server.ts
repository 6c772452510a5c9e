import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** A real PostgreSQL on a free loopback port. */
export type PostgresServer = {
  /** The URL of the database that every server has. */
  url: string;
  /** Creates a database, empty or as a copy of `template`, which must have no connections. Returns its URL. */
  newDatabase(template?: string): Promise<string>;
  /** Removes a database and its connections. */
  dropDatabase(url: string): Promise<void>;
  /** Connects to the server itself, not to one of the databases. */
  query(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Ends every session and leaves nothing behind. */
  stop(): Promise<void>;
};

const PROGRAM = fileURLToPath(new URL('./postgres-process.ts', import.meta.url));

/** Starts a server, which takes a second. It ends when this process ends, for any reason. */
export async function startPostgres(env = process.env): Promise<PostgresServer> {
  const child = spawn(process.execPath, [PROGRAM], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const { port, password } = await new Promise<{ port: number; password: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code} before it was ready.`)));
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)));
  });
  return connectPostgres(`postgres://desk:${password}@127.0.0.1:${port}/postgres`, async () => {
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  });
}

/** Uses a server that runs. `end` is called after the connection to it was closed. */
export async function connectPostgres(url: string, end: () => Promise<void>): Promise<PostgresServer> {
  const urlOf = (database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href;
  const nameOf = (database: string) => new URL(database).pathname.slice(1);
  const admin = new pg.Client(url);
  admin.on('error', () => undefined);
  await admin.connect();
  return {
    url,
    async newDatabase(template) {
      const name = `desk_${randomUUID().replaceAll('-', '')}`;
      const like = template === undefined ? '' : ` template ${nameOf(template)}`;
      await admin.query(`create database ${name}${like}`);
      return urlOf(name);
    },
    async dropDatabase(database) {
      await admin.query(`drop database ${nameOf(database)} with (force)`);
    },
    query: async (text, values) => (await admin.query(text, values)).rows,
    async stop() {
      await admin.end();
      await end();
    },
  };
}
