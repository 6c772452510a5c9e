import { z } from 'zod';
import { deviceName } from '#lib/api/devices/device-request.ts';
import { MOST_DAYS } from '#lib/domain/history/history-window.ts';
import { moment } from './moment.ts';

/** The history of a device over a window of time: `from` and `to`, or the last `days` up to `to`, which is now by itself. */
export const historyQuestion = z
  .strictObject({
    deviceId: deviceName,
    from: moment.optional().describe('Start of the window.'),
    to: moment.optional().describe('End of the window, now if missing.'),
    days: z.coerce
      .number()
      .int()
      .min(1)
      .max(MOST_DAYS)
      .optional()
      .describe('Length of the window instead of its start; the last seven days if both are missing.'),
  })
  .transform(({ deviceId, ...window }) => ({ deviceId, window }));
