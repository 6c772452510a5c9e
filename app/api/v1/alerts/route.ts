import { route } from '#lib/http/route.ts';
import { describeAlerts } from '#lib/services/alerts/describe-alerts.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/alerts', {
  answer: ({ services, operator }) => describeAlerts(services, operator),
});
