import { route } from '#lib/http/route.ts';
import { acknowledgeAuditGap } from '#lib/services/audit/acknowledge-audit-gap.ts';

export const dynamic = 'force-dynamic';

export const DELETE = route('DELETE /api/v1/audit/gap', {
  refusedAs: 'log-gap-acknowledged',
  answer: ({ services, caller }) => acknowledgeAuditGap(services, caller),
});
