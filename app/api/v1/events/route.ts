import { eventsPage } from '#lib/api/inventory/list-requests.ts';
import { route } from '#lib/http/route.ts';
import { listEvents } from '#lib/services/events/list-events.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/events', {
  input: eventsPage,
  answer: ({ services, operator, input }) => listEvents(services, operator, input.filter, input.page),
});
