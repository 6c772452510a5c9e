import type { FleetState } from '#lib/domain/inventory/fleet.ts';

// What most wants somebody's eyes comes first; what is gone wants nobody's.
const BY_SEVERITY: FleetState[] = [
  'offline',
  'unknown',
  'not-observed',
  'ringing',
  'in-meeting',
  'casting',
  'whiteboard',
  'idle',
  'removed',
];

/** How much a state wants to be seen: the lower, the more. */
export const severityRank = (state: FleetState): number => BY_SEVERITY.indexOf(state);

/** The most troubling of some states; null of none. */
export function worstOf(states: Iterable<FleetState>): FleetState | null {
  let worst: FleetState | null = null;
  for (const state of states) if (worst === null || severityRank(state) < severityRank(worst)) worst = state;
  return worst;
}
