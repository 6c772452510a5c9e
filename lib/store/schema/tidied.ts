import type { Kysely } from 'kysely';

/** One row: up to which moment readings are thinned out, and when everything was last tidied. */
export type TidiedTables = { tidied: { thinned_until: number; at: number } };

export const tidiedMigration = {
  async up(db: Kysely<TidiedTables>) {
    await db.schema
      .createTable('tidied')
      .addColumn('thinned_until', 'bigint', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    await db.insertInto('tidied').values({ thinned_until: 0, at: 0 }).execute();
  },
};
