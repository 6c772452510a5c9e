import { compareQuestion } from '#lib/api/devices/compare-request.ts';
import { route } from '#lib/http/route.ts';
import { compareDevices } from '#lib/services/devices/compare-devices.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices/compare', {
  input: compareQuestion,
  answer: ({ services, operator, input }) => compareDevices(services, operator, input),
});
