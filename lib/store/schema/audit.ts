import { type Kysely, PostgresAdapter, sql } from 'kysely';
import { bytewiseText } from '#lib/store/column-types.ts';

/** The audit log. Times are milliseconds since the epoch; see `SealedEntry` for the rest. */
export type AuditTables = {
  /** One row once there is an entry. Its lock, held until the commit, keeps the chain from forking. */
  audit_head: { id: number; seq: number; hash: string; key_id: string; seal: string };
  audit_entries: {
    seq: number;
    at: number;
    action: string;
    outcome: string;
    subject: string | null;
    name: string | null;
    role: string | null;
    target_kind: string | null;
    target_id: string | null;
    about: string | null;
    reason: string | null;
    address: string;
    request_id: string | null;
    hash: string;
    key_id: string;
    seal: string;
  };
};

export const auditMigration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('audit_head')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('key_id', 'text', (column) => column.notNull())
      .addColumn('seal', 'text', (column) => column.notNull())
      .execute();
    await createEntries(db);
    for (const column of ['subject', 'action', 'target_id']) {
      await db.schema
        .createIndex(`audit_entries_by_${column}`)
        .on('audit_entries')
        .columns([column, 'seq'])
        .execute();
    }
    await guardEntries(db);
  },
};

async function createEntries(db: Kysely<unknown>) {
  await db.schema
    .createTable('audit_entries')
    .addColumn('seq', 'bigint', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('subject', bytewiseText(db))
    .addColumn('name', 'text')
    .addColumn('role', 'text')
    .addColumn('target_kind', 'text')
    .addColumn('target_id', bytewiseText(db))
    .addColumn('about', 'text')
    .addColumn('reason', 'text')
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('request_id', 'text')
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('seal', 'text', (column) => column.notNull())
    .execute();
}

/** Against slips, not against whoever owns the database: they can drop this and the chain still tells. */
async function guardEntries(db: Kysely<unknown>) {
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`create or replace function refuse_audit_change() returns trigger language plpgsql as
      $$ begin raise exception 'entries of the audit log are never changed'; end $$`.execute(db);
    await sql`create trigger audit_entries_stay before update or delete or truncate on audit_entries
      for each statement execute function refuse_audit_change()`.execute(db);
    return;
  }
  for (const change of ['update', 'delete']) {
    await sql`create trigger ${sql.ref(`audit_entries_no_${change}`)} before ${sql.raw(change)} on audit_entries
      begin select raise(abort, 'entries of the audit log are never changed'); end`.execute(db);
  }
}
