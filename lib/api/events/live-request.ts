import { z } from 'zod';

/** Where to resume if the browser cannot say it in a header: after the event of this number. */
export const liveSince = z.strictObject({
  since: z.coerce
    .number()
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('Number of the last event that was received.'),
});
