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
