import 'server-only';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { Kysely, SqliteAdapter, type SqliteDatabase, SqliteDialect, type SqliteStatement, sql } from 'kysely';
import type { Keyring } from '#lib/store/sealing/keyring.ts';
import { createVault } from '#lib/store/sealing/vault.ts';
import { createSqlStore } from './create-store.ts';
import { createMemory } from './engine/memory.ts';
import { makeDatabasePrivate, SQLITE_FILE } from './engine/private-files.ts';
import { migrate } from './migrations/migrate.ts';
import type { Tables } from './schema.ts';
import type { Store } from './store.ts';

/** Waits this long for another process that holds the file, such as a backup. */
const BUSY_TIMEOUT_MS = 5_000;

/** Opens the store on the embedded database; `keyring` seals what rooms keep secret. */
export async function openSqliteStore(dataDir: string, keyring: Keyring): Promise<Store> {
  const { db, version } = await openSqliteDatabase(dataDir);
  const engine = {
    db,
    memory: createMemory(version),
    vault: createVault(keyring),
    nowMs: sql<number>`cast(round(unixepoch('subsec') * 1000) as integer)`,
    manyInstances: false,
    notify: async () => undefined,
    listeners: new Set<() => void>(),
  };
  return createSqlStore(engine, () => db.destroy());
}

/**
 * Opens the embedded database, makes the folder when it is missing and brings the tables up to date. `version` changes when
 * another connection has committed.
 */
export async function openSqliteDatabase(
  dataDir: string,
): Promise<{ db: Kysely<Tables>; version: () => unknown }> {
  // better-sqlite3 13 ends a Node older than 22 without a word, so it is loaded only after this check.
  if (Number(process.versions.node.split('.')[0]) < 22) {
    throw new Error(`The embedded database needs Node 22 or newer; this is ${process.version}.`);
  }
  const { default: Sqlite } = await import('better-sqlite3');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  makeDatabasePrivate(dataDir);
  const database = new Sqlite(join(dataDir, SQLITE_FILE), { timeout: BUSY_TIMEOUT_MS });
  await turnToWal(database);
  // FULL: a reading that was acknowledged outlives a power cut, which NORMAL does not promise in WAL mode.
  database.pragma('synchronous = FULL');
  // What is replaced or deleted, such as a cast code from before there were seals, is gone from the file too.
  database.pragma('secure_delete = ON');
  // SQLite's own word for "another connection has committed"; a few microseconds where a query takes forty.
  const version = database.prepare('pragma data_version').pluck();
  const db = new Kysely<Tables>({
    dialect: new TransactionalDialect({ database: keepingStatements(database) }),
  });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { db, version: () => version.get() };
}

/** Two processes that open a new file at once get in each other's way here, and SQLite does not wait by itself. */
async function turnToWal(database: Database): Promise<void> {
  const patience = AbortSignal.timeout(BUSY_TIMEOUT_MS);
  for (;;) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (patience.aborted || (error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
      await delay(10);
    }
  }
}

/** SQLite makes tables in transactions like any other change; Kysely, which doubts it, would migrate without one. */
class TransactionalDialect extends SqliteDialect {
  override createAdapter() {
    return new TransactionalAdapter();
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true;
  }
}

/** A database that prepares each text once: the few there are come again and again, and preparing costs more than asking. */
function keepingStatements(database: Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare: (text) => {
      // SQLite ends a transaction by itself when it cannot be written; told to once more, it would complain of that alone.
      if (text === 'rollback' && !database.inTransaction) return NOTHING_TO_DO;
      const statement = kept.get(text) ?? (database.prepare(atOnce(text)) as unknown as SqliteStatement);
      kept.set(text, statement);
      return statement;
    },
    close: () => void database.close(),
  };
}

const NOTHING_TO_DO: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};

// A transaction that reads first and writes then is refused, not made to wait, when another process wrote in between.
const atOnce = (text: string) => (text === 'begin' ? 'begin immediate' : text);
