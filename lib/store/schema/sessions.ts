import { type Kysely, sql } from 'kysely';
import { bytewiseText } from '#lib/store/column-types.ts';

/** Who is signed in where. Times are milliseconds since the epoch. */
export type SessionTables = {
  sessions: {
    id: string;
    /** SHA-256 of what the cookie holds, in hex. */
    secret_hash: string;
    subject: string;
    /** JSON. */
    claims: string;
    signed_in_at: number;
    used_at: number;
    ends_at: number;
    ended_at: number | null;
    address: string;
    agent: string | null;
  };
  /** When it was last asked whether a person still is one of the organisation. */
  person_checks: { subject: string; at: number };
};

export const sessionMigration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('sessions')
      .addColumn('id', bytewiseText(db), (column) => column.primaryKey())
      .addColumn('secret_hash', bytewiseText(db), (column) => column.notNull().unique())
      .addColumn('subject', bytewiseText(db), (column) => column.notNull())
      .addColumn('claims', 'text', (column) => column.notNull())
      .addColumn('signed_in_at', 'bigint', (column) => column.notNull())
      .addColumn('used_at', 'bigint', (column) => column.notNull())
      .addColumn('ends_at', 'bigint', (column) => column.notNull())
      .addColumn('ended_at', 'bigint')
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('agent', 'text')
      .execute();
    await db.schema
      .createIndex('sessions_open')
      .on('sessions')
      .columns(['subject', 'used_at'])
      .where(sql<boolean>`ended_at is null`)
      .execute();
    await db.schema.createIndex('sessions_by_end').on('sessions').column('ends_at').execute();
    await db.schema
      .createTable('person_checks')
      .addColumn('subject', bytewiseText(db), (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
