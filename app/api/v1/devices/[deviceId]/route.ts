import { z } from 'zod';
import { deviceName } from '#lib/http/device-question.ts';
import { moments } from '#lib/http/moment.ts';
import { route } from '#lib/http/route.ts';
import { getKnownDevice } from '#lib/services/known-device.ts';
import { getDeviceThen } from '#lib/services/known-then.ts';

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
