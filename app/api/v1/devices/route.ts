import { fleetPage } from '#lib/http/list-questions.ts';
import { route } from '#lib/http/route.ts';
import { listFleet } from '#lib/services/list-fleet.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices', {
  input: fleetPage,
  answer: ({ services, operator, input, from }) =>
    listFleet(services, operator, input.question, input.page, from),
});
