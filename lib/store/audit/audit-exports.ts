import type { Engine } from '#lib/store/engine/engine.ts';

/** The newest entry that a target has received. `seal` keeps whoever owns the database from moving it ahead unseen. */
export type ExportCursor = {
  seq: number;
  hash: string;
  seal: string;
  /** Why sending fails at present, and since when in milliseconds since the epoch; null while it works. */
  failure: { reason: string; since: number } | null;
};

/** How far the audit log was sent elsewhere, by a name of the target that holds no secret. */
export type AuditExportStore = {
  /** Null when nothing was sent there yet. */
  exportCursor(target: string): Promise<ExportCursor | null>;
  keepExportCursor(target: string, cursor: ExportCursor): Promise<void>;
};

/** How far the audit log was sent elsewhere, on any engine. Nothing shows it, so the feed and memory are left alone. */
export function auditExportStore({ db }: Engine): AuditExportStore {
  return {
    async exportCursor(target) {
      const row = await db
        .selectFrom('audit_exports')
        .selectAll()
        .where('target', '=', target)
        .executeTakeFirst();
      if (!row) return null;
      const { seq, hash, seal, failure, failing_since: since } = row;
      return {
        seq,
        hash,
        seal,
        failure: failure === null || since === null ? null : { reason: failure, since },
      };
    },
    async keepExportCursor(target, { seq, hash, seal, failure }) {
      const row = {
        seq,
        hash,
        seal,
        failure: failure?.reason ?? null,
        failing_since: failure?.since ?? null,
      };
      await db
        .insertInto('audit_exports')
        .values({ target, ...row })
        .onConflict((conflict) => conflict.column('target').doUpdateSet(row))
        .execute();
    },
  };
}
