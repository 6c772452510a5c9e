import {
  ISSUE_CODES,
  type IssueCode,
  SEVERITIES,
  type Severity,
  severityOf,
} from '#lib/domain/issues/issue.ts';
import type { DeliveryFault } from './delivery-fault.ts';

/** Where word of something is sent. */
export const CHANNEL_KINDS = ['robot', 'webhook', 'mail'] as const;

export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** A language that notices are written in. */
export const NOTIFICATION_LOCALES = ['en', 'zh'] as const;

export type NotificationLocale = (typeof NOTIFICATION_LOCALES)[number];

/** Where notices go. What it takes to send there is sealed and stands beside it; `shown` is what may be seen of it. */
export type Channel = {
  id: string;
  kind: ChannelKind;
  name: string;
  locale: NotificationLocale;
  /** In which notices tell the time, as IANA names it. */
  zone: string;
  shown: string;
  createdAt: number;
};

/** What it takes to send to a channel. Holds secrets: sealed when kept, never in an answer or a log. */
export type ChannelTarget =
  | { kind: 'robot'; url: string; secret: string | null }
  | { kind: 'webhook'; url: string; secret: string }
  | { kind: 'mail'; to: string[] };

/** Which devices: all of them, or what is in any of these. A group takes all below it. */
export type Scope = { everything: boolean; groups: string[]; rooms: string[]; devices: string[] };

/** Which issues: these, or all that are at least so bad. */
export type Which = { codes: IssueCode[] } | { least: Severity };

/** What somebody wants to be told of. */
export type AlertRule = {
  id: string;
  name: string;
  on: boolean;
  which: Which;
  scope: Scope;
  /** How long it must stand before anybody is told, and be gone before the all-clear. */
  raiseAfterMs: number;
  resolveAfterMs: number;
  channelIds: string[];
  createdAt: number;
};

/** When it is quiet: once, or every week by the clock of a place. Days are 1, Monday, to 7; times are `HH:MM`. */
export type SilenceTime =
  | { kind: 'once'; from: number; until: number }
  | { kind: 'weekly'; days: number[]; from: string; to: string; zone: string };

/** What raises nothing for a while: of these devices these issues, all of them for null. */
export type Silence = {
  id: string;
  scope: Scope;
  codes: IssueCode[] | null;
  when: SilenceTime;
  reason: string;
  by: string;
  createdAt: number;
};

/** A device as notifications name it, with the issue that it has. Nothing that a viewer may not see. */
export type NotificationDevice = {
  code: IssueCode;
  deviceId: string | null;
  name: string | null;
  roomName: string | null;
  since: number;
};

/**
 * `raised` something is wrong, `more` devices joined what was told, `flapping` it keeps coming and going, `cleared` it is
 * over, `test` somebody pressed the button.
 */
export const NOTIFICATION_KINDS = ['raised', 'more', 'flapping', 'resolved', 'test'] as const;

export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Names one notification of an incident, which has at most one of each kind: `<incident id>.<kind>`. */
export type NotificationName = `${string}.${NotificationKind}`;

const NAME = /^[\da-f-]{36}\.(raised|more|flapping|resolved)$/;

/** Whether a text has the form of a notification's name. */
export const isNotificationName = (text: string): text is NotificationName => NAME.test(text);

/** The parts of a notification's name. */
export function partsOfName(name: NotificationName): { incidentId: string; kind: NotificationKind } {
  const [incidentId = '', kind] = name.split('.') as [string, NotificationKind];
  return { incidentId, kind };
}

/** What is told, before it is put into words. */
export type Notification = {
  id: string;
  kind: NotificationKind;
  incidentId: string;
  rule: string;
  code: IssueCode;
  at: number;
  /** Since when the first of them. */
  since: number;
  /** How many devices it is about, of which the first few are named; and for `more` how many of them are new. */
  total: number;
  added: number;
  devices: NotificationDevice[];
  /** How many of the devices it tells of have which issue, the most severe first; one cause may have several codes. */
  codes: { code: IssueCode; count: number }[];
  /** All devices it tells of, for `more` the new ones: what its link lists. */
  deviceKeys: string[];
};

/**
 * States of an active alert: `waiting` for the time after which the rule notifies, `notified`, `flapping` for an unstable
 * connection, `resolving` before the resolved notification, `silenced`.
 */
export const ALERT_STATES = ['notified', 'flapping', 'resolving', 'waiting', 'silenced'] as const;

export type ActiveAlertState = (typeof ALERT_STATES)[number];

export const DELIVERY_STATES = ['waiting', 'sent', 'failed'] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One notice on its way to one channel. Its id stays the same however often it is tried. */
export type Delivery = {
  id: string;
  channelId: string;
  /** As it was called then. */
  channel: string;
  notification: Notification;
  state: DeliveryState;
  attempts: number;
  createdAt: number;
  /** Not before that; null once it is over. */
  nextAt: number | null;
  lastAt: number | null;
  /** What the other end said last, or why nothing was sent. Never a secret. */
  answer: string | null;
  /** Why the newest attempt failed, where that is known. */
  fault: DeliveryFault | null;
  /** The message in which it goes out together with others; null for one of its own. */
  digest: string | null;
};

/** What became of an attempt to deliver, or when the next one is due. */
export type DeliveryUpdate = Pick<Delivery, 'state' | 'attempts' | 'nextAt' | 'lastAt' | 'answer' | 'fault'>;

/** How many devices a notice names. */
export const NAMED_DEVICES = 5;

export const LIMITS = {
  name: 80,
  reason: 200,
  url: 2_000,
  secret: 500,
  recipients: 20,
  listed: 200,
  rules: 100,
  channels: 50,
  /** The longest a mute lasts, in milliseconds. */
  mute: 400 * 24 * 60 * 60_000,
  /** The longest threshold. */
  threshold: 7 * 24 * 60 * 60_000,
} as const;

/** Issue codes of an offline device, by what else is known: one cause, whichever of them stands. */
const OFFLINE: readonly IssueCode[] = [
  'offline-with-neighbours',
  'offline-while-controller-works',
  'offline',
];

/** The cause of an issue: several codes may have one, and then they are one alert. */
export const causeOf = (code: IssueCode): IssueCode => (OFFLINE.includes(code) ? 'offline' : code);

/** The causes that a rule or a silence may name: every issue code, those of one cause once. */
export const CAUSES: readonly IssueCode[] = ISSUE_CODES.filter((code) => causeOf(code) === code);

/** Causes of a list of issue codes, each once, in their order. */
export const causesOf = (codes: readonly IssueCode[]): IssueCode[] => [...new Set(codes.map(causeOf))];

/** Whether a list of issue codes names the cause of one, by whichever of its codes. */
export const namesCauseOf = (codes: readonly IssueCode[], code: IssueCode): boolean =>
  codes.some((each) => causeOf(each) === causeOf(code));

/** Whether a rule is about an issue. */
export const isAbout = (which: Which, code: IssueCode): boolean =>
  'codes' in which
    ? namesCauseOf(which.codes, code)
    : SEVERITIES.indexOf(severityOf(code)) <= SEVERITIES.indexOf(which.least);

/** Where something is, as scopes ask: `groups` from the top of the tree down to the room's own. */
export type Place = {
  deviceKey: string;
  deviceId: string | null;
  roomId: string | null;
  groups: readonly string[];
};

/** Whether a device is in a scope. */
export const isIn = (scope: Scope, { deviceKey, deviceId, roomId, groups }: Place): boolean =>
  scope.everything ||
  scope.devices.includes(deviceKey) ||
  (deviceId !== null && scope.devices.includes(deviceId)) ||
  (roomId !== null && scope.rooms.includes(roomId)) ||
  groups.some((id) => scope.groups.includes(id));

/** What is offered when there is no rule yet. */
export const OFFERED_RULE = {
  which: { codes: ['offline', 'alarm-open'] as IssueCode[] },
  raiseAfterMs: 5 * 60_000,
  resolveAfterMs: 2 * 60_000,
} as const;
