import { readMoment } from '#lib/domain/inventory/fleet-filter.ts';
import { isoOrNull } from '#lib/domain/iso.ts';
import { AUDIT_ACTIONS, AUDIT_OUTCOMES, type AuditAction, type AuditOutcome } from './audit.ts';

/** Which entries of the audit log; null and an empty text leave nothing out. */
export type AuditFilter = {
  /** Subject of the person who did it. */
  subject: string | null;
  action: AuditAction | null;
  outcome: AuditOutcome | null;
  /** Id of what it was done to. */
  targetId: string | null;
  /** Anywhere in names, ids, addresses and what was said; small and capital letters alike. */
  text: string;
  /** Milliseconds since the epoch; `to` is the first moment after. */
  from: number | null;
  to: number | null;
};

export const EVERY_ENTRY: AuditFilter = {
  subject: null,
  action: null,
  outcome: null,
  targetId: null,
  text: '',
  from: null,
  to: null,
};

/** As an address names it; what leaves nothing out is left out. */
export function auditParams(filter: AuditFilter): URLSearchParams {
  const named: [string, string | null][] = [
    ['q', filter.text],
    ['who', filter.subject],
    ['action', filter.action],
    ['outcome', filter.outcome],
    ['target', filter.targetId],
    ['from', isoOrNull(filter.from)],
    ['to', isoOrNull(filter.to)],
  ];
  return new URLSearchParams(named.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** Reads it out of a page's address; what cannot be is left out. */
export function readAuditFilter(params: URLSearchParams): AuditFilter {
  const among = <T extends string>(words: readonly T[], name: string) =>
    words.find((word) => word === params.get(name)) ?? null;
  return {
    subject: params.get('who') || null,
    action: among(AUDIT_ACTIONS, 'action'),
    outcome: among(AUDIT_OUTCOMES, 'outcome'),
    targetId: params.get('target') || null,
    text: (params.get('q') ?? '').slice(0, 200),
    from: readMoment(params.get('from')),
    to: readMoment(params.get('to')),
  };
}
