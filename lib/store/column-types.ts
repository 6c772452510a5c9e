import { type Kysely, PostgresAdapter, sql } from 'kysely';

/** Text that is ordered byte by byte, as SQLite does unasked; PostgreSQL finds prefixes by an index only then. */
export function bytewiseText(db: Kysely<unknown>) {
  return db.getExecutor().adapter instanceof PostgresAdapter ? sql`text collate "C"` : sql`text`;
}
