import { route } from '#lib/http/route.ts';
import { whatCameBefore } from '#lib/services/issues/preceding-changes.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices/[deviceId]/preceding-changes', {
  answer: ({ services, operator, input }) => whatCameBefore(services, operator, input),
});
