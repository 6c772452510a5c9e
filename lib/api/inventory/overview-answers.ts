import { z } from 'zod';
import { eventTransport } from '#lib/api/events/event-answers.ts';
import { sharedAttributesAnswer } from '#lib/api/issues/issue-answers.ts';
import { count, time } from '#lib/api/values.ts';
import { fleetRow } from './fleet-answers.ts';

/** The start page. */
export const overviewAnswer = z
  .strictObject({
    known: count.describe('How many devices are known; removed ones are not counted.'),
    critical: count.describe('Devices whose most severe issue is critical.'),
    warning: count.describe('Devices whose most severe issue is a warning.'),
    info: count.describe('Devices whose most severe issue is for information. They do not need attention.'),
    offline: count.describe('Devices that are offline.'),
    lastKnown: count.describe('Devices whose status is not current; they are not counted as offline.'),
    events: z
      .strictObject({ transport: z.union([z.literal('off'), eventTransport]), vouchedSince: time.nullable() })
      .describe(
        'How events reach Rooms Desk, and since when they have kept statuses current without a break.',
      ),
    updated: z
      .strictObject({ at: time, ageMs: z.number().min(0) })
      .nullable()
      .describe('The newest check or event of any device.'),
    items: z
      .array(z.strictObject({ device: fleetRow, path: z.array(z.string().nullable()) }))
      .describe(
        'Devices with a critical issue or a warning, most severe first, with the path of their room.',
      ),
    common: z
      .array(sharedAttributesAnswer)
      .describe('The most frequent of these issues whose devices have something in common.'),
    trend: z
      .array(z.strictObject({ at: time, offline: count, attention: count }))
      .describe('Counts every 15 minutes of the last 24 hours, oldest first, and now.'),
  })
  .meta({ id: 'Overview' });

export type OverviewAnswer = z.infer<typeof overviewAnswer>;
