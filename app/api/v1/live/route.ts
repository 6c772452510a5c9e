import { liveResponse, liveSince } from '#lib/http/live-response.ts';
import { route } from '#lib/http/route.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/live', {
  input: liveSince,
  answer: async ({ live, input, signal, whenOver, lastEventId }) =>
    liveResponse(live, lastEventId ?? input.since, { signal, whenOver }),
});
