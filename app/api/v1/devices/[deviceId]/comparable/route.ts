import { route } from '#lib/http/route.ts';
import { findComparableDevice } from '#lib/services/devices/find-comparable-device.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices/[deviceId]/comparable', {
  answer: ({ services, operator, input }) => findComparableDevice(services, operator, input),
});
