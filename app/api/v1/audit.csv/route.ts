import { csvResponse } from '#lib/http/csv-response.ts';
import { route } from '#lib/http/route.ts';
import { auditCsv } from '#lib/services/audit/list-audit.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/audit.csv', {
  refusedAs: 'exported',
  answer: ({ services, caller, input, requestId }) =>
    csvResponse(auditCsv(services, caller, input), { requestId, name: 'audit' }),
});
