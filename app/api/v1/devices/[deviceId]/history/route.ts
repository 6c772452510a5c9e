import { route } from '#lib/http/route.ts';
import { deviceHistory } from '#lib/services/devices/device-history.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices/[deviceId]/history', {
  answer: ({ services, operator, input }) =>
    deviceHistory(services, operator, { by: 'deviceId', id: input.deviceId }, input.window),
});
