import { listedStatus } from '#lib/domain/inventory/fleet.ts';
import type { FleetFacet } from '#lib/domain/inventory/fleet-filter.ts';
import { issueGroupsOf, SEVERITIES, severityOf } from '#lib/domain/issues/issue.ts';
import { severityRank } from '#lib/domain/issues/worst-first.ts';
import type { FacetColumn } from './facet-column.ts';
import type { IndexedDevice } from './indexed-device.ts';
import type { Order, OrderedRows } from './ordered-rows.ts';

const ORDERS: Record<string, (row: IndexedDevice) => string | number | null> = {
  name: ({ device }) => device.name,
  room: ({ roomName }) => roomName,
  // The worst first; among them those that have been so for longest.
  status: ({ device, current }) =>
    severityRank(listedStatus({ state: device.state, current })) * 1e14 + (device.stateSince ?? 0),
  // The longest-lasting first among equals; devices without issues after all others, by their status.
  severity: ({ device, current }) => {
    const [worst] = device.issues;
    const rank = worst
      ? SEVERITIES.indexOf(severityOf(worst))
      : SEVERITIES.length + severityRank(listedStatus({ state: device.state, current }));
    return rank * 1e14 + ((worst ? device.issueSince : null) ?? device.stateSince ?? 0);
  },
  model: ({ device }) => device.model,
  firmware: ({ device }) => device.firmware,
  software: ({ device }) => device.software,
  // As the row shows it: the newer of the last check and the last event.
  seen: ({ device: { observedAt, eventAt } }) =>
    observedAt === null ? null : Math.max(observedAt, eventAt ?? observedAt),
  since: ({ device }) => device.stateSince,
};

/** The orders that a status which holds no longer changes. */
const STATUS_ORDERS = ['status', '-status', 'severity', '-severity'];

/** What a row says in each facet. */
export const VALUES: Record<FleetFacet, (row: IndexedDevice) => string | null> = {
  status: ({ device: { state }, current }) => listedStatus({ state, current }),
  model: ({ device }) => device.model,
  firmware: ({ device }) => device.firmware,
  software: ({ device }) => device.software,
  network: ({ device }) => device.networkType,
  group: ({ groupId }) => groupId,
  issue: ({ device: { issues } }) => [...issueGroupsOf(issues), ...issues].join(' ') || null,
};

/** Lets statuses hold no longer, or again; answers the rooms that they are in. */
export function turnCurrency(
  slots: readonly number[],
  { rows, columns }: { rows: OrderedRows<IndexedDevice>; columns: Record<FleetFacet, FacetColumn> },
): ReadonlySet<string> {
  const touched = new Set<string>();
  const turn = (row: IndexedDevice) => {
    row.current = !row.current;
    if (row.device.roomId !== null) touched.add(row.device.roomId);
  };
  rows.amend(slots, turn, STATUS_ORDERS);
  for (const slot of slots) columns.status.set(slot, VALUES.status(rows.at(slot) as IndexedDevice));
  return touched;
}

/** The order of the device list that is called so. */
export function orderNamed(name: string): Order<IndexedDevice> | undefined {
  const descending = name.startsWith('-');
  const value = ORDERS[descending ? name.slice(1) : name];
  return value && { valueOf: value, descending };
}
