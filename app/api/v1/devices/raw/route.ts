import { route } from '#lib/http/route.ts';
import { getRawAnswer } from '#lib/services/devices/known-device.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices/raw', {
  answer: ({ services, operator, input }) => getRawAnswer(services, operator, input.ref),
});
