import { route } from '#lib/http/route.ts';
import { listDeliveries } from '#lib/services/alerts/describe-alerts.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/alerts/notifications', {
  answer: ({ services, operator, input }) => listDeliveries(services, operator, input),
});
