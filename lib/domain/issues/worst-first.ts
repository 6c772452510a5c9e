import type { ListedStatus } from '#lib/domain/inventory/fleet.ts';

// What most wants somebody's eyes comes first; what nothing vouches for comes late, and what is gone wants nobody's.
const BY_SEVERITY: ListedStatus[] = [
  'offline',
  'unknown',
  'not-observed',
  'ringing',
  'in-meeting',
  'casting',
  'whiteboard',
  'idle',
  'last-known',
  'removed',
];

/** How much a state wants to be seen: the lower, the more. */
export const severityRank = (state: ListedStatus): number => BY_SEVERITY.indexOf(state);

/** The most troubling of some states; null of none. */
export function worstOf<S extends ListedStatus>(states: Iterable<S>): S | null {
  let worst: S | null = null;
  for (const state of states) if (worst === null || severityRank(state) < severityRank(worst)) worst = state;
  return worst;
}
