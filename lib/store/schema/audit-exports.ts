import type { Kysely } from 'kysely';

/** How far the audit log was sent to each target. Times are milliseconds since the epoch; see `ExportCursor`. */
export type AuditExportTables = {
  audit_exports: {
    target: string;
    seq: number;
    hash: string;
    seal: string;
    /** Why sending fails at present, and since when; null while it works. */
    failure: string | null;
    failing_since: number | null;
  };
};

export const auditExportMigration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('audit_exports')
      .addColumn('target', 'text', (column) => column.primaryKey())
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('seal', 'text', (column) => column.notNull())
      .addColumn('failure', 'text')
      .addColumn('failing_since', 'bigint')
      .execute();
  },
};
