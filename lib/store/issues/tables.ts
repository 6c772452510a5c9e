/** Issues of devices, and how many devices there were. Times are milliseconds since the epoch. */
export type IssueTables = {
  /** `until` is null while the device has the issue. */
  issues: { device_key: string; code: string; since: number; until: number | null };
  /** How many devices there were every 15 minutes; `attention`: those with a critical issue or a warning. */
  device_counts: { at: number; known: number; offline: number; attention: number };
  /** When a firmware or software version of a model was first seen. */
  first_versions: { model: string; part: string; version: string; at: number };
};
