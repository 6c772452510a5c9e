import type { Kysely } from 'kysely';
import { bytewiseText } from './column-types.ts';

/** Times are milliseconds since the epoch. */
export type FindingTables = {
  /** When something began to be wrong with a device, and when it ended; null while it stands. */
  findings: { device_key: string; code: string; since: number; until: number | null };
};

export const findingMigration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('findings')
      .addColumn('device_key', bytewiseText(db), (column) => column.notNull())
      .addColumn('code', 'text', (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addColumn('until', 'bigint')
      .addPrimaryKeyConstraint('findings_key', ['device_key', 'code', 'since'])
      .execute();
    await db.schema.createIndex('findings_by_end').on('findings').columns(['until', 'since']).execute();
    // What stands now, beside what lists show of a device: its codes in the catalogue's order, with spaces between.
    await db.schema.alterTable('devices').addColumn('findings', 'text').execute();
  },
};
