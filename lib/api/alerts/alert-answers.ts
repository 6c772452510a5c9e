import { z } from 'zod';
import { issueCode, severity } from '#lib/api/issues/issue-answers.ts';
import { count, named, text, time } from '#lib/api/values.ts';
import {
  ALERT_STATES,
  CHANNEL_KINDS,
  DELIVERY_STATES,
  NOTIFICATION_KINDS,
  NOTIFICATION_LOCALES,
} from '#lib/domain/alerts/alert.ts';
import { DELIVERY_FAULTS, type DeliveryFault } from '#lib/domain/alerts/delivery-fault.ts';

export type Named = z.infer<typeof named>;

const scope = z
  .strictObject({
    everything: z.boolean(),
    groups: z.array(named),
    rooms: z.array(named),
    devices: z.array(named),
  })
  .meta({ id: 'Scope' });

export type ShownScope = z.infer<typeof scope>;

const channel = z
  .strictObject({
    channelId: z.string(),
    kind: z.enum(CHANNEL_KINDS),
    name: z.string(),
    locale: z.enum(NOTIFICATION_LOCALES),
    zone: z.string().describe('IANA time zone of the times in notifications.'),
    shown: z.string().describe('What may be shown of the address.'),
    readable: z.boolean().describe('False if the address was sealed with another AUTH_SECRET.'),
    fault: z
      .strictObject({
        code: z.enum(Object.keys(DELIVERY_FAULTS) as DeliveryFault[]),
        lasting: z.boolean().describe('Whether it lasts until someone changes something.'),
        at: time,
        answer: text,
      })
      .nullable()
      .describe('Why the newest attempt failed.'),
  })
  .meta({ id: 'Channel' });

export type ShownChannel = z.infer<typeof channel>;

const robotSending = z.strictObject({
  mode: z.enum(['each', 'digest', 'spent']).describe('How messages of group robots are sent now.'),
  everyMinutes: z.number().nullable().describe('Set while digests are sent.'),
  used: count,
  limit: count.describe('DingTalk’s monthly quota, shared with events.'),
  endsAt: time.nullable().describe('When the quota is used up at the present pace.'),
  renewedAt: time,
});

export type RobotSending = z.infer<typeof robotSending>;

const rule = z
  .strictObject({
    ruleId: z.string(),
    name: z.string(),
    on: z.boolean(),
    codes: z.array(issueCode).nullable().describe('Either this or the least severity is set.'),
    least: severity.nullable(),
    scope,
    raiseAfterSeconds: z.number(),
    resolveAfterSeconds: z.number(),
    channelIds: z.array(z.string()),
  })
  .meta({ id: 'AlertRule' });

export type ShownRule = z.infer<typeof rule>;

const silenceTime = z.union([
  z.strictObject({ kind: z.literal('once'), from: time, until: time }),
  z.strictObject({
    kind: z.literal('weekly'),
    days: z.array(z.number().int()).describe('1 is Monday.'),
    from: z.string().describe('HH:MM'),
    to: z.string().describe('HH:MM'),
    zone: z.string(),
  }),
]);

export type ShownSilenceTime = z.infer<typeof silenceTime>;

const silence = z
  .strictObject({
    silenceId: z.string(),
    scope,
    codes: z.array(issueCode).nullable().describe('Null for every issue.'),
    when: silenceTime,
    now: z.boolean().describe('Whether it is in force.'),
    reason: z.string(),
    by: z.string(),
  })
  .meta({ id: 'Silence' });

export type ShownSilence = z.infer<typeof silence>;

const alert = z
  .strictObject({
    key: z.string(),
    rule: z.string().describe('Name of the rule.'),
    code: issueCode,
    severity,
    state: z
      .enum(ALERT_STATES)
      .describe(
        'waiting: not long enough to notify. told: notified. flapping: unstable. clearing: about to be resolved. quiet: silenced.',
      ),
    device: z.strictObject({ deviceKey: z.string(), deviceId: text, name: text }),
    room: named.nullable(),
    since: time,
    silence: text.describe('Reason of the silence.'),
  })
  .meta({ id: 'Alert' });

export type ShownAlert = z.infer<typeof alert>;

/** Channels, rules, silences and active alerts. */
export const alertsAnswer = z
  .strictObject({
    at: time,
    mail: z.boolean().describe('Whether e-mail can be sent.'),
    loopback: z.boolean().describe('Whether webhooks may be on this machine.'),
    robots: robotSending,
    channels: z.array(channel),
    rules: z.array(rule),
    silences: z.array(silence),
    alerts: z.array(alert).describe('The first 200 active alerts.'),
    alertCount: count.describe('How many alerts are active.'),
    groups: z.array(named.extend({ depth: count })).describe('Room groups that a scope may name.'),
  })
  .meta({ id: 'Alerts' });

export type AlertsAnswer = z.infer<typeof alertsAnswer>;

/** A channel that was created or changed. */
export const keptChannel = z
  .strictObject({
    channelId: z.string(),
    secret: text.describe('A signing secret that was created for the channel; shown this once.'),
  })
  .meta({ id: 'CreatedChannel' });

export type MadeChannel = z.infer<typeof keptChannel>;

/** What the other end answered to a test message. */
export const channelTest = z
  .strictObject({ ok: z.boolean(), answer: z.string() })
  .meta({ id: 'ChannelTest' });

export type TestAnswer = z.infer<typeof channelTest>;

export const createdRule = z.strictObject({ ruleId: z.string() });

export const createdSilence = z.strictObject({ silenceId: z.string() });

const delivery = z
  .strictObject({
    deliveryId: z.string(),
    channel: z.string().describe('Name of the channel.'),
    kind: z.enum(NOTIFICATION_KINDS),
    code: issueCode,
    rule: z.string(),
    total: count.describe('How many devices the notification is about.'),
    device: z.strictObject({ deviceId: text, name: text }).nullable().describe('The first of them.'),
    state: z.enum(DELIVERY_STATES),
    attempts: count,
    createdAt: time,
    lastAt: time.nullable(),
    nextAt: time.nullable(),
    answer: text.describe('What the other end answered last.'),
  })
  .meta({ id: 'Delivery' });

export type ShownDelivery = z.infer<typeof delivery>;

/** A page of the notification history. */
export const deliveriesAnswer = z
  .strictObject({
    at: time,
    items: z.array(delivery).describe('Newest first.'),
    nextCursor: text.describe('The cursor of the next page; null on the last page.'),
  })
  .meta({ id: 'Deliveries' });

export type DeliveriesAnswer = z.infer<typeof deliveriesAnswer>;
