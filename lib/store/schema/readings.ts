import type { Kysely } from 'kysely';

export type ReadingTables = {
  readings: {
    id: string;
    /** What tells one device from another: its device id, or its union id where DingTalk gave no device id. */
    device_key: string;
    union_id: string | null;
    /** The union id it was asked by, when it was. */
    asked_union_id: string | null;
    observed_at: number;
    source: string;
    operator_union_id: string;
    /** JSON of the domain's Device. */
    device: string;
    /** JSON of the answer in DingTalk's spelling. */
    raw: string;
  };
  refusals: {
    operator_union_id: string;
    named_by: string;
    named: string;
    refused_at: number;
  };
};

export const readingMigration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('readings')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('device_key', 'text', (column) => column.notNull())
      .addColumn('union_id', 'text')
      .addColumn('asked_union_id', 'text')
      .addColumn('observed_at', 'bigint', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('operator_union_id', 'text', (column) => column.notNull())
      .addColumn('device', 'text', (column) => column.notNull())
      .addColumn('raw', 'text', (column) => column.notNull())
      .execute();
    for (const name of ['device_key', 'union_id', 'asked_union_id']) {
      await db.schema
        .createIndex(`readings_by_${name}`)
        .on('readings')
        .columns([name, 'observed_at'])
        .execute();
    }
    await db.schema.createIndex('readings_by_time').on('readings').column('observed_at').execute();
    await db.schema
      .createTable('refusals')
      .addColumn('operator_union_id', 'text', (column) => column.notNull())
      .addColumn('named_by', 'text', (column) => column.notNull())
      .addColumn('named', 'text', (column) => column.notNull())
      .addColumn('refused_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('refusals_key', ['operator_union_id', 'named_by', 'named'])
      .execute();
  },
};
