import { route } from '#lib/http/route.ts';
import { compareDevices } from '#lib/services/devices/compare-devices.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices/compare', {
  answer: ({ services, operator, input }) => compareDevices(services, operator, input),
});
