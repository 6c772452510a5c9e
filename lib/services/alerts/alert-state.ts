import type { AlertRule, Notification, NotificationDevice, Silence } from '#lib/domain/alerts/alert.ts';
import type { CurrentIssue } from '#lib/domain/issues/current-issue.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';

/** What a rule remembers of one cause at one device: while it stands or is told of, and while how often it came counts. */
export type Alert = NotificationDevice & {
  ruleId: string;
  deviceKey: string;
  roomId: string | null;
  groups: string[];
  /** One cause may have several names; `code` is what it is called now. */
  cause: IssueCode;
  code: IssueCode;
  /** Since when it stood when it was last seen: `since` may be longer, under another name of the cause. */
  foundSince: number;
  /** Null when it is not told of. */
  raisedAt: number | null;
  incidentId: string | null;
  /** Since when it is gone; null while it stands. */
  absentSince: number | null;
  /** When it last came or went. */
  turnedAt: number;
  /** When it was raised, and when it began, within the window in which that counts. */
  raises: number[];
  begins: number[];
  flapping: boolean;
};

/** What is told in one go: the same cause at one or many devices. */
export type Incident = {
  id: string;
  ruleId: string;
  rule: string;
  cause: IssueCode;
  code: IssueCode;
  kind: 'raised' | 'flapping';
  openedAt: number;
  /** Null while it gathers. */
  notifiedAt: number | null;
  /** Whether nobody joins any more. */
  closed: boolean;
  /** Where it was told: where the rest of it goes too, whatever becomes of the rule. */
  channelIds: string[];
  /** The room groups of those who were told of. */
  groups: string[];
  /** The devices that were told of, by key, each with its issue when it was. */
  codeOf: Record<string, IssueCode>;
  since: number;
  devices: NotificationDevice[];
  /** Those who joined after it was told, by their device's key. */
  joined: string[];
  /** Whether any of it ended by being over. */
  resolved: boolean;
};

export type AlertState = { alerts: Map<string, Alert>; incidents: Map<string, Incident> };

/** An issue that stands, with the room groups it is under, from the top down. */
export type Placed = CurrentIssue & { groups: string[] };

/**
 * What is so at a moment. `rules` are those that are to be kept. `lastKnown`: keys of the devices whose status may hold no
 * longer, see `isCurrent`.
 */
export type AlertInput = {
  rules: AlertRule[];
  silences: Silence[];
  currentIssues: Placed[];
  lastKnown: ReadonlySet<string>;
};

export type Decision = {
  state: AlertState;
  notifications: { notification: Notification; channelIds: string[] }[];
};

/** Issues of one cause that come within this are one notice, however many devices. */
export const GATHER_MS = 20_000;
/** For so long after it those of the same room group join it, and are told in one notice at the end. */
export const JOIN_MS = 10 * 60_000;
/**
 * A connection is unstable when an alert is raised again within the window, or when the issue of one that is still raised
 * begins for the third time in it.
 */
export const FLAP_WINDOW_MS = 60 * 60_000;
export const UNSTABLE_RAISES = 2;
export const UNSTABLE_BEGINS = 3;
/** An unstable connection is stable again when nothing changed for so long; until then nothing more is sent. */
export const STABLE_AFTER_MS = 30 * 60_000;

export const alertKey = ({
  ruleId,
  deviceKey,
  cause,
}: Pick<Alert, 'ruleId' | 'deviceKey' | 'cause'>): string => `${ruleId} ${cause} ${deviceKey}`;

/** How long ago; a moment that a clock which was set back has not come to yet is long ago. */
export const agoMs = (at: number, now: number): number => (at <= now ? now - at : Number.POSITIVE_INFINITY);
