/** What was known at earlier times. Times are milliseconds since the epoch. */
export type HistoryTables = {
  changes: {
    device_key: string;
    at: number;
    not_before: number;
    field: string;
    /** JSON, like `to_value`. */
    from_value: string;
    to_value: string;
    source: string;
  };
  status_marks: { device_key: string; at: number; state: string; source: string };
  /** How lists showed a device, a room or the room groups from `at` on. */
  list_versions: {
    kind: string;
    /** The device's key, the room's ID, or `all` for the room groups. */
    key: string;
    at: number;
    /** JSON of the domain's FleetDevice, KnownRoom or RoomGroup[]. Null once it was in no list. */
    body: string | null;
  };
};
