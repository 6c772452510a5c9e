import type { Device, Network } from '#lib/domain/devices/device.ts';
import type { Part } from '#lib/domain/devices/named-parts.ts';
import type { ReadingSource } from '#lib/domain/devices/reading.ts';
import type { Change } from '#lib/domain/history/change.ts';
import type { AlarmMark } from '#lib/domain/history/status-mark.ts';
import type { FleetState } from '#lib/domain/inventory/fleet.ts';
import { ALARM_FIELD, type Evidence, type IssueCode, type Neighbour } from '#lib/domain/issues/issue.ts';
import type { IdentifierKind } from '#lib/domain/search/identifier-kind.ts';

/** Another device that says the same of itself as this one, where no two can. */
export type Sharing = {
  kind: IdentifierKind;
  other: Neighbour & { offline: boolean; current: boolean; observedAt: number; source: ReadingSource };
};

/** Another device, as lists show it. */
export type Other = Neighbour & {
  state: FleetState;
  /** Whether its status still holds, see `isCurrent`. */
  current: boolean;
  networkType: Network['type'];
  observedAt: number;
  source: ReadingSource;
};

/** The other devices of a room group or of a subnet, as far as they ever answered. */
export type Near = { what: 'group' | 'subnet'; name: string; others: readonly Other[] };

/** How many of a model run a version, and when it was first seen in this fleet. */
export type VersionCount = { version: string; count: number; firstSeenAt: number };

/** The other devices of the same model, counted. */
export type Likewise = {
  model: string;
  others: number;
  firmware: readonly VersionCount[];
  software: readonly VersionCount[];
  /** How many name each part, of `partsKnown`. */
  parts: Readonly<Record<Part, number>>;
  partsKnown: number;
  /** How many have the MAC of one of their interfaces, and how many another one. */
  mac: { fits: number; strays: number };
  /** When the newest of what is counted was seen. */
  seenAt: number;
};

/** What is known of a device, for finding out what is wrong with it. Times are milliseconds since the epoch. */
export type Subject = {
  /** As it was read, with what events told of it since. */
  device: Device;
  observedAt: number;
  source: ReadingSource;
  /** Fields that an event told after the reading, and when it was so. */
  overrides: readonly { field: string; at: number }[];
  now: number;
  /** Whether its status still holds, see `isCurrent`. */
  current: boolean;
  /** What was found wrong with it when it was last looked through. */
  standing: readonly IssueCode[];
  /** What its room is called in the list of rooms; null when it is in none that is known. */
  roomName: string | null;
  sharing: readonly Sharing[];
  /** The other devices in its room. */
  roommates: readonly Other[];
  /** Those that it stands with, the nearest first. */
  near: readonly Near[];
  /** Those of its model; null when it says none or is the only one. */
  likewise: Likewise | null;
  /** The newest changes of its state, newest first. */
  states: readonly Change[];
  /** The newest changes of the device other than of its state, newest first. */
  changes: readonly Change[];
  /** Alarms that stand: of what kind, how bad, and since when they are known to. */
  alarms: readonly { rule: string; level: AlarmMark['level']; since: number }[];
};

/** What the device says in a field, as evidence. */
export function said({ overrides, observedAt, source }: Subject, field: string, value: unknown): Evidence {
  const event = overrides.find((each) => field === each.field || field.startsWith(`${each.field}.`));
  const since = event ? { at: event.at, source: 'event' as const } : { at: observedAt, source };
  return { field, value, ...since, of: null };
}

/** Whether it can be reached: what an offline device says of its network and its parts is from before. */
export const isOffline = ({ device }: Subject): boolean => device.status.state === 'offline';

/** The device's own state; of one that can be reached, evidence for what would otherwise say nothing. */
export const ownState = (subject: Subject): Evidence =>
  said(subject, 'status.state', subject.device.status.state);

/** What the newer of two readings no longer found, as the older had it. */
export const asBefore = ({ field, from, notBefore, source }: Change): Evidence => ({
  field,
  value: from,
  at: notBefore,
  source,
  of: null,
});

/** An alarm that DingTalk told of, as evidence. It is of no field of a device, so its path begins with a word of its own. */
export const alarmed = ({ rule, level, since: at }: Subject['alarms'][number]): Evidence => ({
  field: `${ALARM_FIELD}${rule}`,
  value: level,
  at,
  source: 'event',
  of: null,
});
