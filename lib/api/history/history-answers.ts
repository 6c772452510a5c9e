import { z } from 'zod';
import { concealable, count, text, time } from '#lib/api/values.ts';
import { MARK_SOURCES } from '#lib/domain/history/status-mark.ts';
import { FLEET_STATES, LISTED_STATUSES } from '#lib/domain/inventory/fleet.ts';

/** Status of a device in lists and histories. */
export const fleetState = z.enum(FLEET_STATES);

/** What devices are counted by. */
export const listedStatus = z
  .enum(LISTED_STATUSES)
  .describe('last-known: devices whose status is not current, whatever it was.');

/** Whether a status still holds. */
export const currentStatus = z
  .boolean()
  .describe(
    'Whether there is reason to believe that the status still holds: it was checked or reported within 24 hours (3 hours for offline), or an open event stream would have reported a change. If false, it is the last known status.',
  );

/** How something was learnt. */
export const markSource = z
  .enum(MARK_SOURCES)
  .describe('How it was learnt: an event, a scheduled check or a manual refresh.');

/** A field that differs between two moments. */
export const difference = z
  .strictObject({
    field: z.string().describe('Path of the field in the device or room.'),
    from: z.unknown(),
    to: z.unknown(),
  })
  .meta({ id: 'Difference' });

export type ShownDifference = z.infer<typeof difference>;

const listDifference = z
  .strictObject({
    what: z.enum(['appeared', 'disappeared', 'changed']),
    deviceId: text,
    unionId: concealable(text),
    roomId: text,
    name: text,
    fields: z.array(difference).describe('Fields that differ; empty for what is in one list only.'),
  })
  .meta({ id: 'ListDifference' });

export type ListDifference = z.infer<typeof listDifference>;

const past = {
  at: time.describe('The moment that the answer is of.'),
  against: time.describe('The moment it is compared with.'),
};

/** What differs between a snapshot of one device and a second moment. */
export const pastDevice = z.strictObject({ ...past, differs: z.array(difference) });

/** What differs between a snapshot of a list and a second moment. */
export const pastLists = z.strictObject({
  ...past,
  knownSince: time.nullable().describe('Since when there are data; null if there are none.'),
  counts: z.strictObject({ appeared: count, disappeared: count, changed: count }),
  items: z.array(listDifference).describe('The first of the differences that are counted.'),
});

export type PastLists = z.infer<typeof pastLists>;

/** A change of a field; the value of a concealed field is an object that says so. */
export const change = z.strictObject({
  at: time.describe('When the change was noticed.'),
  notBefore: time.describe('The change happened after this moment.'),
  field: z.string(),
  from: z.unknown(),
  to: z.unknown(),
  source: markSource,
});

export type ShownChange = z.infer<typeof change>;

const alarm = z.strictObject({
  rule: z.string(),
  level: z.enum(['normal', 'serious', 'unknown']),
  description: concealable(text).describe('The text of DingTalk.'),
  from: time.nullable(),
  to: time.nullable().describe('Null while the alarm is open.'),
  processingAt: time.nullable(),
});

/** The history of one device. */
export const historyAnswer = z
  .strictObject({
    window: z.strictObject({ from: time, to: time }),
    spans: z
      .array(z.strictObject({ from: time, to: time, state: fleetState, source: markSource.nullable() }))
      .describe(
        'Status over time, oldest first. Time without data has the state not-observed and no source.',
      ),
    moments: z
      .array(z.strictObject({ at: time, state: fleetState, source: markSource }))
      .describe('A status that is known for one moment only.'),
    changes: z.array(change).describe('Changed fields, newest first.'),
    moreChanges: z.boolean().describe('Whether there are more changes than the answer has.'),
    alarms: z.array(alarm).describe('Device alarms, newest first.'),
    uptime: z.strictObject({
      observedMs: z.number().describe('Time with data.'),
      onlineMs: z.number(),
      windowMs: z.number(),
    }),
    watchedSince: time
      .nullable()
      .describe('Since when events arrive without a gap; null if they do not now.'),
    push: z
      .strictObject({ agreed: count, missed: count })
      .describe('How many checks agreed with the events before them.'),
  })
  .meta({ id: 'History' });

export type HistoryAnswer = z.infer<typeof historyAnswer>;
export type ShownSpan = HistoryAnswer['spans'][number];
export type ShownMoment = HistoryAnswer['moments'][number];
export type ShownDeviceAlarm = z.infer<typeof alarm>;
