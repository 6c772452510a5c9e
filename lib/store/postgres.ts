import 'server-only';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Keyring } from '#lib/store/sealing/keyring.ts';
import { createVault } from '#lib/store/sealing/vault.ts';
import { createSqlStore } from './create-store.ts';
import type { Engine } from './engine/engine.ts';
import { wake } from './engine/feed.ts';
import { noMemory } from './engine/memory.ts';
import { connectionOptions, openPool } from './engine/postgres-connection.ts';
import { CHANNEL, listen } from './engine/postgres-listener.ts';
import { migrate } from './migrations/migrate.ts';
import type { Tables } from './schema.ts';
import type { Store } from './store.ts';

/** Few are busy at once, since a question takes a millisecond; and a server allows 100 to everybody together. */
const MOST_CONNECTIONS = 10;

/** How long a question may wait for a free connection, or for a new one. */
const CONNECT_MS = 5_000;

/** The longest honest question takes a fraction of it. Migrations are not held to it. */
const STATEMENT_MS = 15_000;

/** Longer than a statement may take: a server that is silent for so long is not there any more. */
const SILENCE_MS = 20_000;

/** How long closing waits for what is under way. */
const CLOSE_MS = 2_000;

/**
 * Opens a PostgreSQL database and brings the tables up to date. Rejects when it cannot be reached. While it is lost,
 * questions reject; later ones are answered when it is back. The URL cannot go through a pooler that shares sessions.
 */
export async function openPostgresStore(url: string, keyring: Keyring): Promise<Store> {
  // A change of a large table may take longer than any question.
  await withDiagnosedDatabase(url, migrate);
  const sockets = new Set<Socket>();
  const pool = openPool({
    ...connectionOptions(url, { connectMs: CONNECT_MS, silenceMs: SILENCE_MS, sockets }),
    max: MOST_CONNECTIONS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
  });
  const engine: Engine = {
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    memory: noMemory,
    vault: createVault(keyring),
    nowMs: sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
    manyInstances: true,
    notify: async (trx) => void (await sql`select pg_notify(${CHANNEL}, '')`.execute(trx)),
    listeners: new Set(),
  };
  const listening = await listen(url, sockets, () => wake(engine.listeners)).catch(async (error: unknown) => {
    await engine.db.destroy();
    throw error;
  });
  return createSqlStore(engine, async () => {
    const ending = Promise.allSettled([listening.stop(), engine.db.destroy()]);
    await Promise.race([ending, delay(CLOSE_MS, undefined, { ref: false })]);
    for (const socket of sockets) socket.destroy();
  });
}

/** A database without a limit to what a statement takes, on connections of its own, for as long as `work` does. */
export async function withDiagnosedDatabase<T>(
  url: string,
  work: (db: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  const manners = { connectMs: CONNECT_MS, silenceMs: 0, sockets: new Set<Socket>() };
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: openPool({ ...connectionOptions(url, manners), max: 2 }) }),
  });
  try {
    await sql`select 1`.execute(db).catch((error: unknown) => {
      throw new Error(`PostgreSQL cannot be reached: ${reasonOf(error)}`, { cause: error });
    });
    return await work(db);
  } finally {
    await db.destroy();
  }
}

// A name with several addresses fails with one error for each, under an empty message.
const reasonOf = (error: unknown): string =>
  error instanceof AggregateError
    ? error.errors.map(reasonOf).join(', ')
    : error instanceof Error
      ? error.message
      : String(error);
