import type { DeviceKind, Network } from '#lib/domain/devices/device.ts';
import { type DeviceStatus, STATUS_STATES } from '#lib/domain/devices/device-status.ts';
import type { ReadingSource } from '#lib/domain/devices/reading.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';

/** A device's state in lists: what it said, or that it is gone, or that it was found but never answered. */
export const FLEET_STATES = [...STATUS_STATES, 'not-observed', 'removed'] as const;

export type FleetState = (typeof FLEET_STATES)[number];

/** What devices are filtered and counted by: their state, or that nothing vouches for it any more. */
export const LISTED_STATUSES = [...STATUS_STATES, 'not-observed', 'last-known', 'removed'] as const;

export type ListedStatus = (typeof LISTED_STATUSES)[number];

/** Under which status a device is counted; see `isCurrent`. */
export const listedStatus = ({ state, current }: { state: FleetState; current: boolean }): ListedStatus =>
  current ? state : 'last-known';

/** Why the desk means to look at a device when it does. */
export const CHECK_REASONS = ['never-read', 'watched', 'changed', 'offline', 'routine', 'idle-long'] as const;

export type CheckReason = (typeof CHECK_REASONS)[number];

/** A panel as a list shows it. */
export type FleetController = {
  deviceId: string | null;
  name: string | null;
  model: string | null;
  status: DeviceStatus;
};

/** The newest that is known of a device, as far as lists need it. Times are milliseconds since the epoch. */
export type FleetDevice = {
  /** What tells one device from another here; see `deviceKey`. */
  key: string;
  deviceId: string | null;
  unionId: string | null;
  name: string | null;
  kind: DeviceKind;
  model: string | null;
  state: FleetState;
  /** DingTalk's own word for the state. */
  rawStatus: string | null;
  roomId: string | null;
  /** As the device says it; the room itself may be called otherwise by now. */
  roomName: string | null;
  serial: string | null;
  mac: string | null;
  ip: string | null;
  firmware: string | null;
  software: string | null;
  camera: string | null;
  networkType: Network['type'];
  controllers: FleetController[];
  firstSeenAt: number;
  /** Null for a device that was found in a room and has not answered yet. */
  observedAt: number | null;
  /** The newest moment of which an event told something that no reading knew yet; null when there is none. */
  eventAt: number | null;
  source: ReadingSource | null;
  /** The first of the unbroken readings in this state; null without a reading. */
  stateSince: number | null;
  /** When anything about it last changed; null while it never did. */
  changedAt: number | null;
  removedAt: number | null;
  /** Which parts it names, see `traitsOf`; null when that is not known. */
  parts: string | null;
  /** Its issues at the last evaluation, the most severe first. */
  issues: readonly IssueCode[];
  /** Since when the first of them is known; null without issues. */
  issueSince: number | null;
  nextCheck: { at: number; reason: CheckReason } | null;
};

/** The name a device goes by in the inventory: its device id, else its union id behind a word that is in no id. */
export function deviceKey(deviceId: string | null, unionId: string): string {
  // A space is in no id, so this is nobody's device id.
  return deviceId ?? `union ${unionId}`;
}
