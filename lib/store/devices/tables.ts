/** Readings, and devices as the newest reading and events describe them. Times are milliseconds since the epoch. */
export type DeviceTables = {
  readings: {
    id: string;
    /** Identifies the device: its device ID, or its union ID where DingTalk sent no device ID. */
    device_key: string;
    union_id: string | null;
    /** The union ID of the query, if it named one. */
    asked_union_id: string | null;
    observed_at: number;
    source: string;
    operator_union_id: string;
    /** JSON of the domain's Device. */
    device: string;
    /** JSON of DingTalk's answer. */
    raw: string;
  };
  /** When DingTalk last refused an operator a device. */
  refusals: {
    operator_union_id: string;
    named_by: string;
    named: string;
    refused_at: number;
  };
  devices: {
    key: string;
    device_id: string | null;
    union_id: string | null;
    /** The union ID that the device was last queried by. */
    asked_union_id: string | null;
    /** The operator of the newest reading. */
    operator_union_id: string | null;
    name: string | null;
    kind: string;
    model: string | null;
    /** The last known status, also of a removed device. `not-observed` without a reading. */
    state: string;
    raw_status: string | null;
    room_id: string | null;
    room_name: string | null;
    serial: string | null;
    mac: string | null;
    ip: string | null;
    firmware: string | null;
    software: string | null;
    camera: string | null;
    network_type: string | null;
    first_seen_at: number;
    observed_at: number | null;
    source: string | null;
    /** The reading these columns come from. */
    reading_id: string | null;
    state_since: number | null;
    /** Time of the newest event override that is newer than the reading. */
    event_at: number | null;
    changed_at: number | null;
    removed_at: number | null;
    next_check_at: number | null;
    next_check_reason: string | null;
    /** Codes of the issues, the most severe first, separated by spaces. Null without issues. */
    issues: string | null;
    /** Since when the first of them is known. Null without issues. */
    issue_since: number | null;
    /** Names of the parts that the device has, see `traitsOf`. Null when they are not known. */
    parts: string | null;
  };
  controllers: {
    device_key: string;
    position: number;
    device_id: string | null;
    union_id: string | null;
    name: string | null;
    model: string | null;
    state: string;
    raw_status: string | null;
  };
  identifiers: {
    device_key: string;
    /** Position of the controller that the identifier belongs to, or -1 for the device itself. */
    position: number;
    kind: string;
    value: string;
  };
};
