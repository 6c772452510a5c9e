import { troubleRank } from '#lib/domain/findings/worst-first.ts';
import type { FleetRow } from '#lib/domain/inventory/fleet-answer.ts';

/** The devices of a room, what most wants to be seen first. */
export function worstFirst(devices: FleetRow[]): FleetRow[] {
  return devices.toSorted((a, b) => troubleRank(a.status.state) - troubleRank(b.status.state));
}
