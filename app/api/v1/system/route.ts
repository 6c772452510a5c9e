import { route } from '#lib/http/route.ts';
import { describeService } from '#lib/services/diagnostics/describe-system.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/system', {
  answer: ({ services, operator }) => describeService(services, operator),
});
