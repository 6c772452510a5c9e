/** The newest thing known of a device in a list: when, how old it was when the server answered, and from where. */
export type LastUpdate = { at: string; ageMs: number; by: 'check' | 'event' };

/** Moments are ISO 8601; null where there is none. */
type Updated = { eventAt: string | null; observedAt: string | null; ageMs: number | null };

/**
 * The one age of a row: its status may come from an event that is newer than the last check. Both moments are the
 * server's own, so their distance is true whatever the reader's clock says. Null for a device that was never read.
 */
export function lastUpdateOf({ eventAt, observedAt, ageMs }: Updated): LastUpdate | null {
  if (observedAt === null || ageMs === null) return null;
  const sinceMs = eventAt === null ? 0 : Date.parse(eventAt) - Date.parse(observedAt);
  if (eventAt === null || sinceMs <= 0) return { at: observedAt, ageMs, by: 'check' };
  return { at: eventAt, ageMs: Math.max(0, ageMs - sinceMs), by: 'event' };
}
