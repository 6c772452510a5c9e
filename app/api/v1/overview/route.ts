import { route } from '#lib/http/route.ts';
import { getOverview } from '#lib/services/inventory/overview.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/overview', {
  answer: ({ services, operator }) => getOverview(services, operator),
});
