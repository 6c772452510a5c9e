import type { SystemEvidence, SystemIssue } from '#lib/domain/diagnostics/system-issue.ts';
import type { ExportLag } from '#lib/services/audit-export/export-lag.ts';
import type { AuditGap } from '#lib/store/audit/audit-head-file.ts';

/** What service issues of the audit log are found in. */
export type AuditSubject = {
  /** The gap in the audit log that no admin has acknowledged. */
  auditGap: AuditGap | null;
  /** Entries of the audit log that wait for AUDIT_EXPORT. */
  exportLag: ExportLag | null;
};

/** What is wrong with the audit log: entries that are gone, and entries that are not sent to AUDIT_EXPORT. */
export function auditIssues({ auditGap, exportLag }: AuditSubject): SystemIssue[] {
  const found: SystemIssue[] = [];
  if (auditGap !== null) {
    const { at, expected, found: newest } = auditGap;
    const evidence = [
      evidenceOf('audit-entry-gone', named(expected), expected.at),
      evidenceOf('audit-newest', newest ? named(newest) : '0', at),
    ] as const;
    found.push({ code: 'audit-cut', evidence });
  }
  if (exportLag !== null) {
    const { waiting, since, failure } = exportLag;
    const fails = failure === null ? [] : [evidenceOf('export-failing', failure.reason, failure.since)];
    found.push({
      code: 'audit-export-behind',
      evidence: [evidenceOf('entries-waiting', String(waiting), since), ...fails],
    });
  }
  return found;
}

const evidenceOf = (what: SystemEvidence['what'], value: string, at: number): SystemEvidence => ({
  what,
  value,
  at,
  source: 'audit-log',
  said: null,
});

/** As `npm run doctor -- --entry` takes it. */
const named = ({ seq, hash }: { seq: number; hash: string }) => `${seq}:${hash.slice(0, 16)}`;
