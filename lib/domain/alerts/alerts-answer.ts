import type { IssueCode, Severity } from '#lib/domain/issues/issue.ts';
import type { Channel, ChannelKind, DeliveryState, NotificationKind, NotificationLocale } from './alert.ts';
import type { DeliveryFault } from './delivery-fault.ts';

/** Something with a name; null where nobody knows one any more. */
export type Named = { id: string; name: string | null };

export type ShownScope = { everything: boolean; groups: Named[]; rooms: Named[]; devices: Named[] };

/**
 * A channel; `readable` is false when what it takes to send there was sealed with another AUTH_SECRET. `fault` is why its
 * newest attempt failed, null when that succeeded or nothing is known; a `lasting` one ends when somebody mends it.
 */
export type ShownChannel = Pick<Channel, 'kind' | 'name' | 'zone' | 'shown'> & {
  channelId: string;
  locale: NotificationLocale;
  readable: boolean;
  fault: { code: DeliveryFault; lasting: boolean; at: string; answer: string | null } | null;
};

/**
 * How messages of group robots go out now. They share a monthly allowance with DingTalk's events: `used` of `limit` are
 * used. `everyMinutes` is set in digest mode. `endsAt` is when the allowance ends at the present pace, null when it lasts
 * until `renewedAt`.
 */
export type RobotSending = {
  mode: 'each' | 'digest' | 'spent';
  everyMinutes: number | null;
  used: number;
  limit: number;
  endsAt: string | null;
  renewedAt: string;
};

export type ShownRule = {
  ruleId: string;
  name: string;
  on: boolean;
  /** Exactly one of them is not null. */
  codes: IssueCode[] | null;
  least: Severity | null;
  scope: ShownScope;
  raiseAfterSeconds: number;
  resolveAfterSeconds: number;
  channelIds: string[];
};

export type ShownSilenceTime =
  | { kind: 'once'; from: string; until: string }
  | { kind: 'weekly'; days: number[]; from: string; to: string; zone: string };

export type ShownSilence = {
  silenceId: string;
  scope: ShownScope;
  codes: IssueCode[] | null;
  when: ShownSilenceTime;
  /** Whether it is quiet at the moment of the answer. */
  now: boolean;
  reason: string;
  by: string;
};

/**
 * What stands and a rule is about: `waiting` not long enough to be told, `told`, `flapping` it keeps coming and going,
 * `clearing` gone and not long enough for the all-clear, `quiet` muted.
 */
export const ALERT_STATES = ['notified', 'flapping', 'resolving', 'waiting', 'silenced'] as const;

export type ActiveAlertState = (typeof ALERT_STATES)[number];

export type ShownAlert = {
  key: string;
  rule: string;
  code: IssueCode;
  severity: Severity;
  state: ActiveAlertState;
  device: { deviceKey: string; deviceId: string | null; name: string | null };
  room: { id: string; name: string | null } | null;
  since: string;
  /** Why it is quiet. */
  silence: string | null;
};

/** Everything about who is told of what. Times are ISO 8601 UTC. */
export type AlertsAnswer = {
  at: string;
  /** Whether e-mail can be sent, and plain HTTP to this machine. */
  mail: boolean;
  loopback: boolean;
  robots: RobotSending;
  channels: ShownChannel[];
  rules: ShownRule[];
  silences: ShownSilence[];
  alerts: ShownAlert[];
  /** How many alarms there are, of which the first are listed. */
  alertCount: number;
  /** The room groups that a scope may name, from the top of the tree down. */
  groups: (Named & { depth: number })[];
};

/** A channel that was made; a secret that the desk made for it is shown this once. */
export type MadeChannel = { channelId: string; secret: string | null };

/** What the other end said to a test. */
export type TestAnswer = { ok: boolean; answer: string };

export type ShownDelivery = {
  deliveryId: string;
  channel: string;
  kind: NotificationKind;
  code: IssueCode;
  rule: string;
  total: number;
  /** The first of its devices. */
  device: { deviceId: string | null; name: string | null } | null;
  state: DeliveryState;
  attempts: number;
  createdAt: string;
  lastAt: string | null;
  nextAt: string | null;
  answer: string | null;
};

/** What was sent, newest first. */
export type DeliveriesAnswer = { at: string; items: ShownDelivery[]; nextCursor: string | null };

/** What makes a channel. What is not said when it is changed stays. */
export type ChannelAsked = {
  kind: ChannelKind;
  name: string;
  locale: NotificationLocale;
  zone: string;
  url?: string | undefined;
  secret?: string | undefined;
  to?: string[] | undefined;
};
