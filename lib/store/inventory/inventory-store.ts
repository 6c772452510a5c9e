import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Change } from '#lib/domain/history/change.ts';
import type { CheckReason, FleetController, FleetDevice } from '#lib/domain/inventory/fleet.ts';
import type { KnownRoom, RoomGroup } from '#lib/domain/rooms/room.ts';
import type { IdentifierKind } from '#lib/domain/search/identifier-kind.ts';

/** Where an identifier was found. `controller` is set when one of the device's panels bears it. */
export type IdentifierHit = {
  kind: IdentifierKind;
  value: string;
  deviceKey: string;
  controller: FleetController | null;
};

/** An identifier that two devices bear themselves, and the key of the other one. `value` is null for a secret. */
export type SharedIdentifier = { kind: IdentifierKind; value: string | null; deviceKey: string };

/** What is asked for in identifiers; `values` are in their normal spelling. */
export type IdentifierQuestion = { kinds: IdentifierKind[]; values: string[]; limit: number };

/** What the desk knows of rooms and devices. Times are milliseconds since the epoch; promises settle when durable. */
export type InventoryStore = {
  /** Devices in the order of their keys, those after `after`, at most `limit`: for reading the inventory whole. */
  devicesAfter(after: string | null, limit: number): Promise<FleetDevice[]>;
  /** The devices of these keys that exist, in no order. Any number of keys. */
  devicesByKeys(keys: string[]): Promise<FleetDevice[]>;
  /** The key a device goes by, or null when it is not known; a union id as in `latestReading`, or one found in a room. */
  keyOf(ref: DeviceRef): Promise<string | null>;
  roomsAfter(after: string | null, limit: number): Promise<KnownRoom[]>;
  roomsByIds(ids: string[]): Promise<KnownRoom[]>;
  /** The whole tree, parents before or after children, without what is gone. */
  roomGroups(): Promise<RoomGroup[]>;
  /** Devices and panels that bear one of these values exactly. */
  findIdentifiers(question: IdentifierQuestion): Promise<IdentifierHit[]>;
  /** As findIdentifiers, but every identifier that begins with `prefix`, in alphabetical order. */
  findIdentifiersByPrefix(kinds: IdentifierKind[], prefix: string, limit: number): Promise<IdentifierHit[]>;
  /** Identifiers of a device's own that others bear themselves too, in an order that stays; gone devices bear none. */
  sharedIdentifiers(deviceKey: string, kinds: IdentifierKind[], limit: number): Promise<SharedIdentifier[]>;
  /** Marks a device that DingTalk no longer knows, unless a reading is newer. Unknown devices are none of its business. */
  markDeviceRemoved(ref: DeviceRef, at: number): Promise<void>;
  /** Sets when the desk means to look at a device next. */
  planCheck(deviceKey: string, look: { at: number; reason: CheckReason } | null): Promise<void>;
  /**
   * Devices whose look is due at `now`, gone ones excluded; first those that have waited longest in proportion to how
   * soon looks of their reason are meant to be.
   */
  dueChecks(now: number, limit: number): Promise<FleetDevice[]>;
  /** Devices whose look is due after `now`, soonest first, gone ones excluded. */
  upcomingChecks(now: number, limit: number): Promise<FleetDevice[]>;
  /** How many looks are due at `now`, gone ones excluded, and when the next one after that is. */
  checkQueue(now: number): Promise<{ due: number; nextAt: number | null }>;
  /** The newest changes of a device, newest first. */
  changes(deviceKey: string, limit: number): Promise<Change[]>;
};
