import { route } from '#lib/http/route.ts';
import { listFleet } from '#lib/services/inventory/list-fleet.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices', {
  answer: ({ services, caller, input }) => listFleet(services, caller, input),
});
