import type { FleetRow } from '#lib/domain/fleet-answer.ts';
import { troubleRank } from '#lib/domain/trouble.ts';

/** The devices of a room, what most wants to be seen first. */
export function worstFirst(devices: FleetRow[]): FleetRow[] {
  return devices.toSorted((a, b) => troubleRank(a.status.state) - troubleRank(b.status.state));
}
