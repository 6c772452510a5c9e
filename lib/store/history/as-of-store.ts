import type { FleetDevice } from '#lib/domain/inventory/fleet.ts';
import type { KnownRoom, RoomGroup } from '#lib/domain/rooms/room.ts';

/** What lists showed at a moment, milliseconds since the epoch. When the desk meant to look at a device is not kept. */
export type PastStore = {
  /** Devices in the order of their keys, from after one on. */
  devicesThen(at: number, after: string | null, limit: number): Promise<FleetDevice[]>;
  roomsThen(at: number, after: string | null, limit: number): Promise<KnownRoom[]>;
  roomGroupsThen(at: number): Promise<RoomGroup[]>;
  /** Since when it is known what lists showed; null in an empty database. */
  knownSince(): Promise<number | null>;
};
