import { type Kysely, PostgresAdapter, sql } from 'kysely';
import { bytewiseText, notNull, primaryKey } from './columns.ts';

export async function createAuditTables(db: Kysely<unknown>): Promise<void> {
  await createAuditHead(db);
  await createAuditEntries(db);
  await guardAuditEntries(db);
  await createAuditExports(db);
}

async function createAuditHead(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit_head')
    .addColumn('id', 'bigint', primaryKey)
    .addColumn('seq', 'bigint', notNull)
    .addColumn('hash', 'text', notNull)
    .addColumn('key_id', 'text', notNull)
    .addColumn('seal', 'text', notNull)
    .execute();
}

async function createAuditEntries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit_entries')
    .addColumn('seq', 'bigint', primaryKey)
    .addColumn('at', 'bigint', notNull)
    .addColumn('action', 'text', notNull)
    .addColumn('outcome', 'text', notNull)
    .addColumn('subject', bytewiseText(db))
    .addColumn('name', 'text')
    .addColumn('role', 'text')
    .addColumn('target_kind', 'text')
    .addColumn('target_id', bytewiseText(db))
    .addColumn('about', 'text')
    .addColumn('reason', 'text')
    .addColumn('address', 'text', notNull)
    .addColumn('request_id', 'text')
    .addColumn('hash', 'text', notNull)
    .addColumn('key_id', 'text', notNull)
    .addColumn('seal', 'text', notNull)
    .execute();
  await db.schema
    .createIndex('audit_entries_by_action')
    .on('audit_entries')
    .columns(['action', 'seq'])
    .execute();
  await db.schema
    .createIndex('audit_entries_by_subject')
    .on('audit_entries')
    .columns(['subject', 'seq'])
    .execute();
  await db.schema
    .createIndex('audit_entries_by_target_id')
    .on('audit_entries')
    .columns(['target_id', 'seq'])
    .execute();
}

/** Guards against mistakes, not against the owner of the database. The chain of hashes shows what the owner changes. */
async function guardAuditEntries(db: Kysely<unknown>): Promise<void> {
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

async function createAuditExports(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit_exports')
    .addColumn('target', 'text', primaryKey)
    .addColumn('seq', 'bigint', notNull)
    .addColumn('hash', 'text', notNull)
    .addColumn('seal', 'text', notNull)
    .addColumn('failure', 'text')
    .addColumn('failing_since', 'bigint')
    .execute();
}
