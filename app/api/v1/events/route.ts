import { route } from '#lib/http/route.ts';
import { listEvents } from '#lib/services/events/list-events.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/events', {
  answer: ({ services, operator, input }) => listEvents(services, operator, input.filter, input.page),
});
