import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Change } from '#lib/domain/history/change.ts';
import type { AlarmMark } from '#lib/domain/history/status-mark.ts';
import type { FleetDevice } from '#lib/domain/inventory/fleet.ts';
import type { KnownRoom } from '#lib/domain/rooms/room.ts';
import type { IdentifierKind } from '#lib/domain/search/identifier-kind.ts';
import type { FirstVersion } from '#lib/store/issues/issue-store.ts';

/** What stands around a device and says what may be wrong with it. */
export type Around = {
  /** What it goes by in the inventory; null when it is not known there. */
  key: string | null;
  /** The room that was asked about, gone ones too; null when it is not known. */
  room: KnownRoom | null;
  /** Identifiers that only one device can have and another bears as well. */
  shared: { kind: IdentifierKind; value: string | null; other: FleetDevice }[];
  /** The newest changes of the device other than of states, newest first. */
  changes: Change[];
  /** The newest changes of its own state, newest first. */
  states: Change[];
  /** When the versions of its model were first seen in this fleet. */
  versions: FirstVersion[];
  /** Everything that was said of its alarms. */
  alarms: AlarmMark[];
};

export type AroundStore = {
  /** All of it in one question, which is asked with every answer about a device. Nobody may change the answer. */
  aroundDevice(ref: DeviceRef, roomId: string | null): Promise<Around>;
};
