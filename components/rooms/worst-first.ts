import type { FleetRow } from '#lib/api/inventory/fleet-answers.ts';
import { severityRank } from '#lib/domain/issues/worst-first.ts';

/** The devices of a room, what most wants to be seen first. */
export function worstFirst(devices: FleetRow[]): FleetRow[] {
  return devices.toSorted((a, b) => severityRank(a.status.state) - severityRank(b.status.state));
}
