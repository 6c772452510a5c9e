import type { Kysely } from 'kysely';
import { bytewiseText } from '#lib/store/column-types.ts';

/** What people in the room said of a device. Times are milliseconds since the epoch. */
export type CheckTables = {
  checks: { device_key: string; step: string; at: number; answer: string; subject: string; name: string };
};

export const checkMigration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('checks')
      .addColumn('device_key', bytewiseText(db), (column) => column.notNull())
      .addColumn('step', bytewiseText(db), (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('answer', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('checks_key', ['device_key', 'step', 'at'])
      .execute();
    await db.schema.createIndex('checks_by_time').on('checks').column('at').execute();
  },
};
