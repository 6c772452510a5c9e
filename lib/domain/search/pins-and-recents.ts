import type { FleetRow } from '#lib/domain/inventory/fleet-answer.ts';
import type { RoomRow } from '#lib/domain/rooms/rooms-answer.ts';

/** A view that somebody named: an own path with its query. `at` is ISO 8601 UTC. */
export type SavedView = { id: string; name: string; path: string; at: string };

/** What a person keeps at hand: pinned things, devices opened last, named views. */
export type PinsAndRecents = {
  devices: FleetRow[];
  rooms: RoomRow[];
  visited: FleetRow[];
  views: SavedView[];
};
