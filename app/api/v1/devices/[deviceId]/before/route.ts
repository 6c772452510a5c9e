import { deviceNamed } from '#lib/http/device-question.ts';
import { route } from '#lib/http/route.ts';
import { whatCameBefore } from '#lib/services/came-before.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices/[deviceId]/before', {
  input: deviceNamed,
  answer: ({ services, operator, input }) => whatCameBefore(services, operator, input),
});
