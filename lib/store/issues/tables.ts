/** Issues of devices. Times are milliseconds since the epoch. */
export type IssueTables = {
  /** `until` is null while the device has the issue. */
  issues: { device_key: string; code: string; since: number; until: number | null };
  /** When a firmware or software version of a model was first seen. */
  first_versions: { model: string; part: string; version: string; at: number };
};
