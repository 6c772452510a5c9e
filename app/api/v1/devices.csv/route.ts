import { csvResponse } from '#lib/http/csv-response.ts';
import { route } from '#lib/http/route.ts';
import { fleetCsv } from '#lib/services/inventory/fleet-csv.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices.csv', {
  refusedAs: 'exported',
  answer: ({ services, operator, input, from, requestId }) =>
    csvResponse(fleetCsv(services, operator, input, from), { requestId, name: 'devices' }),
});
