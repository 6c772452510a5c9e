import type { RouteContract } from '#lib/api/contract.ts';
import { nothing } from '#lib/api/values.ts';
import { auditAnswer } from './audit-answers.ts';
import { auditPage, auditWhole } from './audit-requests.ts';

export const auditRoutes = {
  'GET /api/v1/audit': {
    summary: 'Returns a page of the audit log.',
    input: auditPage,
    answer: auditAnswer,
  },
  'GET /api/v1/audit.csv': {
    summary: 'Exports the matching entries of the audit log as a CSV file.',
    input: auditWhole,
    type: 'text/csv',
  },
  'DELETE /api/v1/audit/gap': {
    summary: 'Acknowledges that entries of the audit log are missing or changed.',
    input: nothing,
    status: 204,
  },
} as const satisfies Record<string, RouteContract>;
