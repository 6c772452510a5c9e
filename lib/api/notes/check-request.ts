import { z } from 'zod';
import { deviceName } from '#lib/api/devices/device-request.ts';
import { CHECK_ANSWERS, CHECK_STEPS } from '#lib/domain/notes/check.ts';

const step = { deviceId: deviceName, step: z.enum(CHECK_STEPS).describe('Question of the checklist.') };
const asRef = <T extends { deviceId: string }>({ deviceId, ...rest }: T) => ({
  ref: { by: 'deviceId' as const, id: deviceId },
  ...rest,
});

/** What somebody in the room answers to a question of the catalogue. */
export const checkTold = z.strictObject({ ...step, answer: z.enum(CHECK_ANSWERS) }).transform(asRef);

/** Whose answer is taken back. */
export const checkTakenBack = z.strictObject(step).transform(asRef);
