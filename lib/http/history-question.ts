import { z } from 'zod';
import { MOST_DAYS } from '#lib/domain/history-window.ts';
import { deviceName } from './device-question.ts';

/** A moment in ISO 8601: a date and a time with its zone, or a date, which begins in UTC. */
const moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform(Date.parse);

/** The history of a device over a window of time: `from` and `to`, or the last `days` up to `to`, which is now by itself. */
export const historyQuestion = z
  .strictObject({
    deviceId: deviceName,
    from: moment.optional(),
    to: moment.optional(),
    days: z.coerce.number().int().min(1).max(MOST_DAYS).optional(),
  })
  .transform(({ deviceId, ...window }) => ({ deviceId, window }));
