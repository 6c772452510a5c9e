import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import type { AuditAnswer } from '#lib/api/audit/audit-answers.ts';
import { type AuditFilter, auditParams } from '#lib/domain/audit/audit-filter.ts';
import { fetchJson, sendJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';

/** Rows in one page of the log. */
export const AUDIT_PAGE = 50;

/** Whoever comes back to the page wants to see what happened meanwhile. */
const FRESH_FOR_MS = 5_000;

/** The audit log as one view of it, newest first, a page at a time. */
export function auditQuery(reader: Reader, filter: AuditFilter) {
  const view = auditParams(filter).toString();
  return infiniteQueryOptions({
    queryKey: ['audit', reader.key, view],
    queryFn: async ({ signal, pageParam }) => {
      const asked = new URLSearchParams(view);
      asked.set('limit', String(AUDIT_PAGE));
      if (pageParam !== null) asked.set('cursor', pageParam);
      return (await fetchJson(`/api/v1/audit?${asked}`, signal)) as AuditAnswer;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: FRESH_FOR_MS,
  });
}

/** Ends the service issue about a gap in the log. */
export async function acknowledgeAuditGap(): Promise<void> {
  await sendJson('DELETE', '/api/v1/audit/gap');
}

/** Where every entry of a view comes from as one file. */
export function auditCsvPath(filter: AuditFilter): string {
  const params = auditParams(filter);
  return params.size === 0 ? '/api/v1/audit.csv' : `/api/v1/audit.csv?${params}`;
}
