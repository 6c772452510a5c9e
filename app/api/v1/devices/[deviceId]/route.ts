import { route } from '#lib/http/route.ts';
import { getDeviceAsOf } from '#lib/services/devices/known-as-of.ts';
import { getKnownDevice } from '#lib/services/devices/known-device.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices/[deviceId]', {
  answer: ({ services, operator, input: { ref, at, against } }) =>
    at !== undefined
      ? getDeviceAsOf(services, operator, ref, { at, against })
      : getKnownDevice(services, operator, ref),
});
