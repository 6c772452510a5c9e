import 'server-only';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { createMemory } from './memory.ts';
import { createSqlStore } from './sql-store.ts';
import type { Store } from './store.ts';

/** Waits this long for another process that holds the file, such as a backup. */
const BUSY_TIMEOUT_MS = 5_000;

/** Opens the embedded database, makes the folder when it is missing and brings the tables up to date. */
export async function openSqliteStore(dataDir: string): Promise<Store> {
  // better-sqlite3 13 ends a Node older than 22 without a word, so it is loaded only after this check.
  if (Number(process.versions.node.split('.')[0]) < 22) {
    throw new Error(`The embedded database needs Node 22 or newer; this is ${process.version}.`);
  }
  const { default: Sqlite } = await import('better-sqlite3');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = new Sqlite(join(dataDir, 'rooms-desk.sqlite'), { timeout: BUSY_TIMEOUT_MS });
  database.pragma('journal_mode = WAL');
  // FULL: a reading that was acknowledged outlives a power cut, which NORMAL does not promise in WAL mode.
  database.pragma('synchronous = FULL');
  // SQLite's own word for "another connection has committed"; a few microseconds where a query takes forty.
  const version = database.prepare('pragma data_version').pluck();
  const dialect = new SqliteDialect({ database: keepingStatements(database) });
  return createSqlStore(
    dialect,
    createMemory(() => version.get()),
  );
}

/** A database that prepares each text once: the few there are come again and again, and preparing costs more than asking. */
function keepingStatements(database: Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare: (text) => {
      const statement = kept.get(text) ?? (database.prepare(text) as unknown as SqliteStatement);
      kept.set(text, statement);
      return statement;
    },
    close: () => void database.close(),
  };
}
