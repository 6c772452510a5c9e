import type { Kysely } from 'kysely';

/** What instances agree on. Times are milliseconds since the epoch by the database's own clock. */
export type DutyTables = {
  leases: { name: string; holder: string; until_at: number };
};

export const dutyMigration = {
  async up(db: Kysely<DutyTables>) {
    await db.schema
      .createTable('leases')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('holder', 'text', (column) => column.notNull())
      .addColumn('until_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
