import type { FleetRow } from '#lib/api/inventory/fleet-answers.ts';
import { listedStatus } from '#lib/domain/inventory/fleet.ts';
import { severityRank } from '#lib/domain/issues/worst-first.ts';

const rankOf = ({ status }: FleetRow) => severityRank(listedStatus(status));

/** The devices of a room, what most wants to be seen first; those of last known statuses by what these were. */
export function worstFirst(devices: FleetRow[]): FleetRow[] {
  return devices.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || severityRank(a.status.state) - severityRank(b.status.state),
  );
}
