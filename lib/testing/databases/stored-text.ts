import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';
import { SQLITE_FILE } from '#lib/store/engine/private-files.ts';

/** Which of these texts are readable in the database: in its files, or in any column of any table. */
export async function foundInDatabase(place: DatabasePlace, texts: readonly string[]): Promise<string[]> {
  const bytes = place.databaseUrl === null ? bytesOf(place.dataDir) : await rowsOf(place.databaseUrl);
  return texts.filter((text) => bytes.includes(text));
}

/** All files, the log included once everything in it is in the database as well. */
function bytesOf(dataDir: string): Buffer {
  const database = new Sqlite(join(dataDir, SQLITE_FILE), { timeout: 5_000 });
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  return Buffer.concat(readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name))));
}

async function rowsOf(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    );
    const rows: string[] = [];
    for (const { name } of tables.rows) {
      const found = await client.query<{ row: string }>(`select t::text as row from "${name}" t`);
      rows.push(...found.rows.map(({ row }) => row));
    }
    return rows.join('\n');
  } finally {
    await client.end();
  }
}
