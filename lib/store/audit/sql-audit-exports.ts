import type { Engine } from '#lib/store/engine/engine.ts';
import type { AuditExportStore } from './audit-export-store.ts';

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
