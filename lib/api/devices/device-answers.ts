import { z } from 'zod';
import { currentStatus, pastDevice } from '#lib/api/history/history-answers.ts';
import { issue } from '#lib/api/issues/issue-answers.ts';
import { checklistAnswer } from '#lib/api/notes/note-answers.ts';
import { problem } from '#lib/api/problem.ts';
import { concealable, count, named, secret, text, time } from '#lib/api/values.ts';
import { NEARNESSES } from '#lib/domain/devices/comparable-device.ts';
import { STATUS_STATES } from '#lib/domain/devices/device-status.ts';

export const deviceKind = z.enum(['device', 'accessory', 'unknown']);

/** Status of a device as it reported it itself. */
export const deviceStatus = z.strictObject({
  state: z.enum(STATUS_STATES),
  raw: text.describe('The value that DingTalk sent.'),
  current: currentStatus,
});

export const networkType = z.enum(['wired', 'wifi', 'offline']).nullable();

const serviceId = z.union([z.number(), z.string()]).nullable();
const hidden = concealable(text);

const unit = {
  deviceId: text,
  unionId: hidden,
  name: text,
  kind: deviceKind,
  model: text,
  serviceId,
  status: deviceStatus,
  corpId: hidden,
  serial: hidden,
  mac: hidden,
  castCode: secret,
};

const controller = z.strictObject({ ...unit, roomId: text }).meta({ id: 'Controller' });

/** A device as the role of the caller may see it. */
export const device = z
  .strictObject({
    ...unit,
    room: named.nullable(),
    createdBy: hidden.describe('Union ID of the person who created the device.'),
    firmware: text,
    software: text,
    activatedAt: text.describe('ISO 8601 in UTC.'),
    network: z.strictObject({
      type: networkType,
      ssid: hidden,
      ip: hidden,
      wifiMac: hidden,
      wiredMac: hidden,
    }),
    peripherals: z.strictObject({ camera: text, microphone: text, speaker: text, mirror: text, hdmi: text }),
    sipAccount: secret,
    controllers: z.array(controller),
    unknownFields: concealable(z.record(z.string(), z.unknown())).describe(
      'Fields that are new to Rooms Desk.',
    ),
  })
  .meta({ id: 'Device' });

const read = {
  observedAt: time.describe('When the data were read.'),
  ageMs: z.number().min(0).describe('Age of the data when the server answered.'),
};
const fromEvents = z
  .array(z.strictObject({ field: z.string(), at: time }))
  .describe('Fields that an event has updated since, newest first; the device contains them.');
const issues = z.array(issue).describe('Issues, most severe first; none in a snapshot.');

/** One device with its issues. */
export const deviceAnswer = z
  .strictObject({
    device,
    ...read,
    source: z
      .enum(['live', 'shared', 'last-known'])
      .describe(
        'live: queried now. shared: a query of someone else, or current stored data. last-known: stored data.',
      ),
    overrides: fromEvents,
    statusSince: time
      .nullable()
      .describe('Since when it has its status, as far as known; null in a snapshot.'),
    roomPath: z
      .array(z.string())
      .describe('Room groups above its room, outermost first; empty in a snapshot.'),
    notice: problem.optional().describe('With last-known: why there is no newer answer.'),
    callsLeft: count.nullable().describe('Calls left this month; null for viewers.'),
    share: z
      .strictObject({ limit: count, left: count, unknownIdsLeft: count, renewsAt: time })
      .nullable()
      .describe('The caller’s share of today’s calls; null for viewers.'),
    past: pastDevice.optional().describe('Set in a snapshot.'),
    issues: issues,
    checks: z.array(checklistAnswer).describe('Checklist answers of the last 24 hours.'),
  })
  .meta({ id: 'DeviceAnswer' });

export type DeviceAnswer = z.infer<typeof deviceAnswer>;

/** Where an answer came from. */
export type AnswerSource = DeviceAnswer['source'];

/** The caller’s share of a day’s calls. */
export type ShownShare = NonNullable<DeviceAnswer['share']>;

/** The last response of DingTalk about a device. */
export const rawAnswer = z
  .strictObject({ observedAt: time, raw: z.unknown().describe('In DingTalk’s spelling, secrets masked.') })
  .meta({ id: 'RawResponse' });

const comparedSide = z.strictObject({
  device: device.pick({ deviceId: true, unionId: true, name: true, room: true, status: true }),
  ...read,
  overrides: fromEvents,
  issues: issues,
});

/** Two devices side by side. */
export const comparison = z
  .strictObject({
    left: comparedSide,
    right: comparedSide,
    fields: z.array(
      z.strictObject({
        field: z.string(),
        left: z.unknown(),
        right: z.unknown(),
        same: z.boolean().nullable().describe('Null where the values are concealed.'),
        leftAt: time,
        rightAt: time,
      }),
    ),
  })
  .meta({ id: 'Comparison' });

export type ComparedSide = z.infer<typeof comparedSide>;
export type Comparison = z.infer<typeof comparison>;
export type ComparedField = Comparison['fields'][number];

/** A comparison while one device, or both, may be none that the caller may know. */
export type Comparing = { left: ComparedSide | null; right: ComparedSide | null; fields: ComparedField[] };

const comparableDevice = z.strictObject({
  deviceId: z.string(),
  name: text,
  roomName: text,
  near: z.enum(NEARNESSES).describe('What the two have in common beside the model, the nearest first.'),
});

/** A similar healthy device of the same model. */
export const comparableAnswer = z
  .strictObject({ comparable: comparableDevice.nullable().describe('Null if there is none.') })
  .meta({ id: 'ComparableDevice' });

export type ComparableAnswer = z.infer<typeof comparableAnswer>;

/** One cast code or SIP account. */
export const revealed = z
  .strictObject({
    value: text.describe('Null if the device did not report one.'),
    hideAfterSeconds: z.number().describe('How long the value may be shown.'),
  })
  .meta({ id: 'RevealedSecret' });

export type Revealed = z.infer<typeof revealed>;
