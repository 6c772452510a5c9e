import { csvResponse } from '#lib/http/csv-response.ts';
import { route } from '#lib/http/route.ts';
import { fleetCsv } from '#lib/services/inventory/fleet-csv.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices.csv', {
  refusedAs: 'exported',
  answer: ({ services, caller, input, requestId }) =>
    csvResponse(fleetCsv(services, caller, input), { requestId, name: 'devices' }),
});
