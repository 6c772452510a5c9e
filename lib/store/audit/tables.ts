/** The audit log, see `SealedEntry`, and its export, see `ExportCursor`. Times are milliseconds since the epoch. */
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
  /** How far the audit log was sent to each target. */
  audit_exports: {
    target: string;
    seq: number;
    hash: string;
    seal: string;
    /** Why sending fails, and since when. Null while it works. */
    failure: string | null;
    failing_since: number | null;
  };
};
