import type { Kysely } from 'kysely';

/** What keeps calls from being spent in vain. Times are milliseconds since the epoch. */
export type SpendingLimitTables = {
  /** At most one row: why the jobs that query DingTalk are paused. */
  job_pause: {
    /** Always 1. */
    id: number;
    reason: string;
    since: number;
    probe_at: number;
  };
  /** IDs that DingTalk answered not to know, for the operator who asked. */
  absent_devices: { named_by: string; named: string; operator_union_id: string; at: number };
};

/** Who caused a call, the IDs that DingTalk does not know, and the pause of jobs that DingTalk refuses. */
export const spendingLimitMigration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('calls').addColumn('asked_by', 'text').execute();
    await db.schema.alterTable('calls').addColumn('unknown_id', 'integer').execute();
    await db.schema.createIndex('calls_by_person').on('calls').columns(['day', 'asked_by']).execute();
    await db.schema
      .createTable('job_pause')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addColumn('probe_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('absent_devices')
      .addColumn('named_by', 'text', (column) => column.notNull())
      .addColumn('named', 'text', (column) => column.notNull())
      .addColumn('operator_union_id', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('absent_devices_key', ['operator_union_id', 'named_by', 'named'])
      .execute();
    await db.schema.createIndex('absent_devices_by_time').on('absent_devices').column('at').execute();
  },
};
