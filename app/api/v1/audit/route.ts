import { route } from '#lib/http/route.ts';
import { listAudit } from '#lib/services/audit/list-audit.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/audit', {
  answer: ({ services, operator, input }) => listAudit(services, operator, input.filter, input.page),
});
