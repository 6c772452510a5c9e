import { type Kysely, sql } from 'kysely';
import { notNull } from './columns.ts';

export async function createRetentionTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('retention_runs')
    .addColumn('downsampled_until', 'bigint', notNull)
    .addColumn('at', 'bigint', notNull)
    .execute();
  await sql`insert into retention_runs (downsampled_until, at) values (0, 0)`.execute(db);
}
