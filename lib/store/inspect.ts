import 'server-only';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { type AuditStore, auditReader } from '#lib/store/audit/audit-log.ts';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';
import { SQLITE_FILE } from './engine/private-files.ts';
import { withDiagnosedDatabase } from './postgres.ts';
import type { Tables } from './schema.ts';

/** A database as somebody looks at it who changes nothing, not even its version; a desk may be running on it. */
export type Inspected = Pick<AuditStore, 'auditHead' | 'auditChain'> & {
  engine: 'SQLite' | 'PostgreSQL';
  /** Migrations that its tables have, in order. Empty for a database that no desk was started on. */
  migrations(): Promise<string[]>;
  /** Its own clock, milliseconds since the epoch. */
  nowMs(): Promise<number>;
};

/** Where there is no database at all. */
export class NoDatabase extends Error {
  override readonly name = 'NoDatabase';
}

/** Looks at a database without bringing it up to date. Rejects with NoDatabase, or when it cannot be reached. */
export function withInspected<T>(
  place: DatabasePlace,
  work: (inspected: Inspected) => Promise<T>,
): Promise<T> {
  if (place.databaseUrl === null) return withInspectedFile(place.dataDir, work);
  return withDiagnosedDatabase(place.databaseUrl, (db) => {
    const nowMs = sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`;
    return work(inspected(db, 'PostgreSQL', nowMs, sql`select to_regclass('kysely_migration') as it`));
  });
}

async function withInspectedFile<T>(dataDir: string, work: (inspected: Inspected) => Promise<T>) {
  const path = join(dataDir, SQLITE_FILE);
  if (!existsSync(path)) throw new NoDatabase(dataDir);
  const { default: Sqlite } = await import('better-sqlite3');
  const database = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  const nowMs = sql<number>`cast(round(unixepoch('subsec') * 1000) as integer)`;
  const table = sql`select name as it from sqlite_master where name = 'kysely_migration'`;
  return work(inspected(db, 'SQLite', nowMs, table)).finally(() => db.destroy());
}

function inspected(
  db: Kysely<Tables>,
  engine: Inspected['engine'],
  nowMs: ReturnType<typeof sql<number>>,
  table: ReturnType<typeof sql>,
): Inspected {
  return {
    engine,
    ...auditReader(db),
    async migrations() {
      const { rows: found } = await sql<{ it: string | null }>`${table}`.execute(db);
      if (!found[0]?.it) return [];
      const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
        db,
      );
      return rows.map(({ name }) => name);
    },
    async nowMs() {
      const { rows } = await sql<{ now: number }>`select ${nowMs} as now`.execute(db);
      return Number(rows[0]?.now);
    },
  };
}
