import { deviceNamed } from '#lib/api/devices/device-request.ts';
import { route } from '#lib/http/route.ts';
import { findTwin } from '#lib/services/devices/find-comparable-device.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices/[deviceId]/comparable', {
  input: deviceNamed,
  answer: ({ services, operator, input }) => findTwin(services, operator, input),
});
