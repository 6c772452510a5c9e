import type { ExportCursor } from '#lib/store/audit/audit-exports.ts';

/** Entries that wait longer than they should. `since` is when the oldest was written, milliseconds since the epoch. */
export type ExportLag = { waiting: number; since: number; failure: ExportCursor['failure'] };

/** Sends every entry of the audit log elsewhere as well. */
export type AuditExport = {
  /** Null while nothing waits longer than five minutes. Rejects when the store cannot be read. */
  lag(): Promise<ExportLag | null>;
  stop(): Promise<void>;
};
