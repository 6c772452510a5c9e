import { z } from 'zod';
import { CHANNEL_KINDS, causesOf, LIMITS, NOTIFICATION_LOCALES } from '#lib/domain/alerts/alert.ts';
import { isZone } from '#lib/domain/alerts/silence-time.ts';
import { isIssueCode, SEVERITIES } from '#lib/domain/issues/issue.ts';

const name = z.string().trim().min(1).max(LIMITS.name);
const zone = z.string().max(64).refine(isZone);
const ids = z.array(z.string().trim().min(1).max(200)).max(LIMITS.listed);
/** Codes of one cause mean the same; lists from before that was so name some or all of them. */
const codes = z.array(z.string().refine(isIssueCode)).min(1).max(100).transform(causesOf);

/** Which devices: all of them, or at least one that is named. */
const scope = z
  .strictObject({
    everything: z.boolean(),
    groups: ids.default([]),
    rooms: ids.default([]),
    devices: ids.default([]),
  })
  .refine((each) => each.everything || each.groups.length + each.rooms.length + each.devices.length > 0)
  .transform((each) => (each.everything ? { everything: true, groups: [], rooms: [], devices: [] } : each));

export const channelName = z.strictObject({ channelId: z.uuid() });
export const ruleName = z.strictObject({ ruleId: z.uuid() });
export const silenceName = z.strictObject({ silenceId: z.uuid() });
export const deliveryName = z.strictObject({ deliveryId: z.uuid() });

const channel = z.strictObject({
  kind: z.enum(CHANNEL_KINDS),
  name,
  locale: z.enum(NOTIFICATION_LOCALES),
  zone: zone.describe('IANA time zone of the times in notifications.'),
  url: z
    .string()
    .trim()
    .min(1)
    .max(LIMITS.url, 'invalid-question.channel-address')
    .optional()
    .describe('Address of the robot or webhook.'),
  secret: z
    .string()
    .trim()
    .max(LIMITS.secret, 'invalid-question.channel-secret')
    .optional()
    .describe('Secret that messages are signed with.'),
  to: z
    .array(z.email('invalid-question.channel-address').max(254))
    .min(1)
    .max(LIMITS.recipients, 'invalid-question.channel-address')
    .optional()
    .describe('E-mail addresses.'),
});

/** What makes a channel. What is missing in a change stays. */
export type ChannelAsked = z.output<typeof channel>;

/** A channel to make. */
export const channelToMake = channel;

/** A channel as it is to be. */
export const channelToChange = channel
  .extend(channelName.shape)
  .transform(({ channelId, ...asked }) => ({ id: channelId, asked }));

const threshold = z
  .number()
  .min(0)
  .max(LIMITS.threshold / 1_000);

const rule = z.strictObject({
  name,
  on: z.boolean(),
  scope,
  which: z.union([z.strictObject({ codes }), z.strictObject({ least: z.enum(SEVERITIES) })]),
  raiseAfterSeconds: threshold,
  resolveAfterSeconds: threshold,
  channelIds: z.array(z.uuid()).min(1).max(LIMITS.channels),
});

const ruleAsked = ({ raiseAfterSeconds, resolveAfterSeconds, ...asked }: z.output<typeof rule>) => ({
  ...asked,
  raiseAfterMs: Math.round(raiseAfterSeconds * 1_000),
  resolveAfterMs: Math.round(resolveAfterSeconds * 1_000),
});

/** A rule to make. */
export const ruleToMake = rule.transform(ruleAsked);

/** A rule as it is to be. */
export const ruleToChange = rule
  .extend(ruleName.shape)
  .transform(({ ruleId, ...asked }) => ({ id: ruleId, asked: ruleAsked(asked) }));

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .describe('Weekly: HH:MM.');

/** Something to keep quiet, and when. */
export const newSilence = z.strictObject({
  scope,
  codes: codes.nullable().describe('Issue codes; null for every issue.'),
  when: z.union([
    z
      .strictObject({ kind: z.literal('once'), from: moment, until: moment })
      .refine(({ from, until }) => from < until),
    z.strictObject({
      kind: z.literal('weekly'),
      from: time,
      to: time,
      zone,
      days: z.array(z.number().int().min(1).max(7)).min(1).max(7).describe('1 is Monday.'),
    }),
  ]),
  reason: z.string().trim().min(1).max(LIMITS.reason),
});

/** A page of what was sent. */
export const deliveriesPage = z
  .strictObject({
    cursor: z
      .string()
      .regex(/^\d{1,16}\.[\da-f-]{36}$/)
      .optional()
      .describe('The nextCursor of the page before; all other parameters stay the same.'),
    limit: z.coerce.number().int().min(1).max(100).default(30).describe('Rows per page.'),
  })
  .transform(({ cursor, limit }) => {
    const [at = '', id = ''] = cursor?.split('.') ?? [];
    return { before: cursor === undefined ? null : { at: Number(at), id }, limit };
  });
