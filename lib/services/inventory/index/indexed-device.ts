import type { FleetDevice } from '#lib/domain/inventory/fleet.ts';

/** A device beside what its room says: the tree's group and the room's own name. */
export type PlacedDevice = { device: FleetDevice; groupId: string | null; roomName: string | null };

/** The same in the index; `current`: whether its status was taken to hold when that was last judged. */
export type IndexedDevice = PlacedDevice & { current: boolean };
