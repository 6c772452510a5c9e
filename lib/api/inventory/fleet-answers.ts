import { z } from 'zod';
import { deviceKind, deviceStatus, networkType } from '#lib/api/devices/device-answers.ts';
import { currentStatus, fleetState, pastLists } from '#lib/api/history/history-answers.ts';
import { issueCode } from '#lib/api/issues/issue-answers.ts';
import { concealable, count, named, text, time } from '#lib/api/values.ts';
import { CHECK_REASONS } from '#lib/domain/inventory/fleet.ts';

const hidden = concealable(text);

/** A device in a list. */
export const fleetRow = z
  .strictObject({
    key: z.string().describe('Names the device in pins and notes.'),
    deviceId: text,
    unionId: hidden,
    name: text,
    kind: deviceKind,
    model: text,
    status: z.strictObject({ state: fleetState, raw: text, current: currentStatus }),
    room: named.nullable(),
    group: named.nullable(),
    serial: hidden,
    mac: hidden,
    firmware: text,
    software: text,
    network: z.strictObject({ type: networkType, ip: hidden }),
    controllers: z.array(z.strictObject({ deviceId: text, name: text, model: text, status: deviceStatus })),
    observedAt: time.nullable(),
    ageMs: z.number().min(0).nullable().describe('Age of the data when the server answered.'),
    source: z.enum(['look-up', 'sweep']).nullable(),
    eventAt: time.nullable().describe('When an event last updated a field.'),
    stateSince: time.nullable(),
    removedAt: time.nullable().describe('When DingTalk stopped listing the device.'),
    issues: z.array(issueCode).readonly().describe('Codes of its issues, most severe first.'),
    issueSince: time.nullable().describe('Since when the first of them is known.'),
    nextCheck: z
      .strictObject({ at: time, reason: z.enum(CHECK_REASONS) })
      .nullable()
      .describe('The next scheduled check.'),
  })
  .meta({ id: 'DeviceRow' });

export type FleetRow = z.infer<typeof fleetRow>;

/** How many devices or rooms have a value. */
export const valueCount = z.strictObject({
  value: text.describe('Null stands for "not reported".'),
  count,
  label: text.optional().describe('The name, where the value is an ID.'),
});

export type Count = z.infer<typeof valueCount>;

export const page = {
  nextCursor: text.describe('The cursor of the next page; null on the last page.'),
  total: count.describe('How many match.'),
};

/** A page of devices. */
export const fleetAnswer = z
  .strictObject({
    items: z.array(fleetRow),
    ...page,
    known: count.describe('How many devices are known; removed ones are not counted.'),
    facets: z
      .strictObject({
        status: z.array(valueCount),
        model: z.array(valueCount),
        firmware: z.array(valueCount),
        software: z.array(valueCount),
        network: z.array(valueCount),
        group: z.array(valueCount),
        issue: z.array(valueCount),
      })
      .describe('Counts of the values of each filter, under all other filters.'),
    past: pastLists.optional().describe('Set on the first page of a snapshot.'),
  })
  .meta({ id: 'Devices' });

export type FleetAnswer = z.infer<typeof fleetAnswer>;
