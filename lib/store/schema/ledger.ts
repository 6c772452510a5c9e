import { type Kysely, sql } from 'kysely';

/** The ledger of metered calls and its sums. Times are milliseconds since the epoch. */
export type LedgerTables = {
  calls: {
    id: string;
    at: number;
    /** Month and day as they were counted, so that a refund comes off where the charge went. */
    month: string;
    day: string;
    purpose: string;
    api: string;
    /** Null until it is settled, and for good when the process died; so are the other columns below. */
    ms: number | null;
    /** 1 when DingTalk counts it, 0 when it does not. */
    counted: number | null;
    status: number | null;
    code: string | null;
    request_id: string | null;
    /** Why it failed; null also when it was answered. */
    reason: string | null;
    /** The subject of the person or token that caused it; null for jobs. */
    asked_by: string | null;
    /** 1 when it was asked for an ID that Rooms Desk did not know. */
    unknown_id: number | null;
  };
  /** What was spent in a month: the row whose lock keeps the limit. */
  months: { month: string; total: number };
  /** The same sum by day and purpose. */
  spent: { month: string; day: string; purpose: string; calls: number };
  /** When the next call of an API may go out, by the database's own clock, with fractions. */
  places: { api: string; next_at: number };
};

export const ledgerMigration = {
  async up(db: Kysely<LedgerTables>) {
    await db.schema
      .createTable('calls')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('month', 'text', (column) => column.notNull())
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('purpose', 'text', (column) => column.notNull())
      .addColumn('api', 'text', (column) => column.notNull())
      .addColumn('ms', 'bigint')
      .addColumn('counted', 'integer')
      .addColumn('status', 'integer')
      .addColumn('code', 'text')
      .addColumn('request_id', 'text')
      .addColumn('reason', 'text')
      .execute();
    // Partial, so that charging a call, which has neither ending yet, touches no index but its key.
    await db.schema
      .createIndex('calls_failed')
      .on('calls')
      .column('at')
      .where(sql<boolean>`reason is not null`)
      .execute();
    await db.schema
      .createIndex('calls_answered')
      .on('calls')
      .column('at')
      .where(sql<boolean>`ms is not null and reason is null`)
      .execute();
    await db.schema
      .createTable('months')
      .addColumn('month', 'text', (column) => column.primaryKey())
      .addColumn('total', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('spent')
      .addColumn('month', 'text', (column) => column.notNull())
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('purpose', 'text', (column) => column.notNull())
      .addColumn('calls', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('spent_key', ['month', 'day', 'purpose'])
      .execute();
    await db.schema
      .createTable('places')
      .addColumn('api', 'text', (column) => column.primaryKey())
      .addColumn('next_at', 'double precision', (column) => column.notNull())
      .execute();
  },
};
