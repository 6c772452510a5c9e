import { z } from 'zod';
import { deviceName } from '#lib/api/devices/device-request.ts';
import { moments } from '#lib/api/history/moment.ts';
import { route } from '#lib/http/route.ts';
import { getDeviceThen } from '#lib/services/devices/known-as-of.ts';
import { getKnownDevice } from '#lib/services/devices/known-device.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices/[deviceId]', {
  input: z.object({ deviceId: deviceName }).and(moments),
  answer: ({ services, operator, input: { deviceId, at, against } }) => {
    const ref = { by: 'deviceId', id: deviceId } as const;
    return at !== undefined
      ? getDeviceThen(services, operator, ref, { at, against })
      : getKnownDevice(services, operator, ref);
  },
});
