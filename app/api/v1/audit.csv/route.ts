import { csvResponse } from '#lib/http/csv-response.ts';
import { route } from '#lib/http/route.ts';
import { auditCsv } from '#lib/services/audit/list-audit.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/audit.csv', {
  refusedAs: 'exported',
  answer: ({ services, operator, input, from, requestId }) =>
    csvResponse(auditCsv(services, operator, input, from), { requestId, name: 'audit' }),
});
