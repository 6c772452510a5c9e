import type { Kysely } from 'kysely';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';
import { migrate } from '#lib/store/migrations/migrate.ts';
import { withDiagnosedDatabase } from '#lib/store/postgres.ts';
import type { Tables } from '#lib/store/schema.ts';
import { openSqliteDatabase } from '#lib/store/sqlite.ts';

/** Opens a database to write into it, its tables brought up to date, for as long as `work` takes. */
export async function withDatabase<T>(
  { databaseUrl, dataDir }: DatabasePlace,
  work: (db: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  if (databaseUrl !== null) {
    return withDiagnosedDatabase(databaseUrl, async (db) => {
      await migrate(db);
      return work(db);
    });
  }
  const { db } = await openSqliteDatabase(dataDir);
  return work(db).finally(() => db.destroy());
}
