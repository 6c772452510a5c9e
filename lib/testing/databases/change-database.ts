import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';
import { SQLITE_FILE } from '#lib/store/engine/private-files.ts';

/** Changes a database directly, as its owner can. `statements` are in SQL that both databases accept. */
export async function changeDatabase(place: DatabasePlace, ...statements: string[]): Promise<void> {
  if (place.databaseUrl === null) {
    const database = new Sqlite(join(place.dataDir, SQLITE_FILE), { timeout: 5_000 });
    try {
      for (const statement of statements) database.exec(statement);
    } finally {
      database.close();
    }
    return;
  }
  const client = new pg.Client({ connectionString: place.databaseUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Removes the triggers that protect entries of the audit log. */
export const unguarded = (place: DatabasePlace): string[] =>
  place.databaseUrl === null
    ? ['drop trigger audit_entries_no_update', 'drop trigger audit_entries_no_delete']
    : ['drop trigger audit_entries_stay on audit_entries'];
