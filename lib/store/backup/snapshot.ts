import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql, type Transaction } from 'kysely';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';
import { SQLITE_FILE } from '#lib/store/engine/private-files.ts';
import { withDiagnosedDatabase } from '#lib/store/postgres.ts';
import type { Tables } from '#lib/store/schema.ts';
import { BackupError } from './contents.ts';

/** A database as it was at one moment, whatever is written to it meanwhile. */
export type Snapshot = {
  /** The last migration its tables had. */
  migration(): Promise<string | null>;
  columns(table: string): Promise<string[]>;
  /** Every row, its values in the order of the columns. One table at a time. */
  rows(table: string, columns: string[]): AsyncIterable<unknown[]>;
};

const AT_ONCE = 1_000;

/** Looks at a database standing still; nobody who writes to it waits. Rejects with BackupError where there is none. */
export function withSnapshot<T>(place: DatabasePlace, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  if (place.databaseUrl === null) return withSqliteSnapshot(place.dataDir, work);
  return withDiagnosedDatabase(place.databaseUrl, (db) =>
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((trx) => work(postgresSnapshot(trx))),
  );
}

async function withSqliteSnapshot<T>(dataDir: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const path = join(dataDir, SQLITE_FILE);
  if (!existsSync(path)) throw new BackupError(`There is no database in ${dataDir}: see DATA_DIR.`);
  const { default: Sqlite } = await import('better-sqlite3');
  const database = new Sqlite(path, { readonly: true, fileMustExist: true });
  try {
    // Deferred: the moment is that of the first look, and it locks nobody out.
    database.exec('begin');
    return await work({
      migration: async () => {
        const table = database.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get();
        if (!table) return null;
        return database.prepare('select max(name) from kysely_migration').pluck().get() as string | null;
      },
      columns: async (table) =>
        database.prepare('select name from pragma_table_info(?) order by cid').pluck().all(table) as string[],
      async *rows(table, columns) {
        const names = columns.map((column) => `"${column}"`).join(', ');
        yield* database.prepare(`select ${names} from "${table}"`).raw().iterate() as Iterable<unknown[]>;
      },
    });
  } finally {
    database.close();
  }
}

function postgresSnapshot(trx: Transaction<Tables>): Snapshot {
  return {
    async migration() {
      const { rows: found } = await sql<{ there: string | null }>`
        select to_regclass('kysely_migration')::text as there`.execute(trx);
      if (!found[0]?.there) return null;
      const { rows } = await sql<{ name: string | null }>`
        select max(name) as name from kysely_migration`.execute(trx);
      return rows[0]?.name ?? null;
    },
    async columns(table) {
      const { rows } = await sql<{ name: string }>`
        select column_name as name from information_schema.columns
        where table_schema = current_schema() and table_name = ${table} order by ordinal_position`.execute(
        trx,
      );
      return rows.map(({ name }) => name);
    },
    async *rows(table, columns) {
      const names = sql.join(columns.map((column) => sql.ref(column)));
      await sql`declare kept no scroll cursor for select ${names} from ${sql.table(table)}`.execute(trx);
      for (;;) {
        const fetched = await sql<Record<string, unknown>>`fetch ${sql.lit(AT_ONCE)} from kept`.execute(trx);
        for (const row of fetched.rows) yield columns.map((column) => row[column]);
        if (fetched.rows.length < AT_ONCE) break;
      }
      await sql`close kept`.execute(trx);
    },
  };
}
