/** A moment, milliseconds since the epoch, as answers tell it: ISO 8601 UTC. */
export const iso = (at: number): string => new Date(at).toISOString();

/** The same where there may be none. */
export const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));
