/** The newest thing known of a device in a list: when, how old it was when the server answered, and from where. */
export type LastUpdate = { at: string; ageMs: number; by: 'check' | 'event' };

/** Moments are ISO 8601; null where there is none. */
type Updated = { eventAt: string | null; observedAt: string | null; ageMs: number | null };

/**
 * How old a moment was when the server answered, in milliseconds. It counts from the data of the answer: both moments are
 * the server's own, so that no two clocks are compared.
 */
export const ageAt = (moment: string, { observedAt, ageMs }: { observedAt: string; ageMs: number }): number =>
  Math.max(0, ageMs + Date.parse(observedAt) - Date.parse(moment));

/**
 * The one age of a row: its status may come from an event that is newer than the last check. Both moments are the
 * server's own, so their distance is true whatever the reader's clock says. Null for a device that was never read.
 */
export function lastUpdateOf({ eventAt, observedAt, ageMs }: Updated): LastUpdate | null {
  if (observedAt === null || ageMs === null) return null;
  if (eventAt === null || Date.parse(eventAt) <= Date.parse(observedAt)) {
    return { at: observedAt, ageMs, by: 'check' };
  }
  return { at: eventAt, ageMs: ageAt(eventAt, { observedAt, ageMs }), by: 'event' };
}
