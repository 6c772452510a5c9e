import { z } from 'zod';
import { deviceName } from '#lib/http/device-question.ts';
import { route } from '#lib/http/route.ts';
import { getKnownDevice } from '#lib/services/known-device.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  permit: 'see-state',
  // Time travel is not built yet: better refused than answered with today.
  input: z.object({ deviceId: deviceName, at: z.never().optional() }),
  answer: ({ services, operator, input }) =>
    getKnownDevice(services, operator, { by: 'deviceId', id: input.deviceId }),
});
