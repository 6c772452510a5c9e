import type { FleetDevice } from '#lib/domain/inventory/fleet.ts';

/** A device beside what its room says: the tree's group and the room's own name. */
export type IndexedDevice = { device: FleetDevice; groupId: string | null; roomName: string | null };
