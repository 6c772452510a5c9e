import { liveResponse } from '#lib/http/live-response.ts';
import { route } from '#lib/http/route.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/live', {
  answer: async ({ live, services, operator, input, signal, whenOver, lastEventId }) => {
    const left = services.limits.stream(operator);
    return liveResponse(live, lastEventId ?? input.since, { signal, whenOver, left });
  },
});
