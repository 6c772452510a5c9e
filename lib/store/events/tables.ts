/** DingTalk's events and what follows from them. Times are milliseconds since the epoch. */
export type EventTables = {
  events: {
    event_id: string;
    type: string;
    device_key: string | null;
    room_id: string | null;
    received_at: number;
    born_at: number | null;
    transport: string;
    outcome: string;
    /** JSON of the business fields in DingTalk's spelling. */
    body: string;
    /** JSON of the time and the field values that the event reports about its device. Null when it reports none. */
    overrides: string | null;
  };
  /** The newest value of a field from events, unless a reading is newer. */
  event_overrides: {
    device_key: string;
    field: string;
    at: number;
    /** JSON. */
    value: string;
    event_id: string;
  };
  device_alarms: {
    device_key: string;
    at: number;
    rule: string;
    status: string;
    level: string;
    description: string | null;
    event_id: string;
  };
  /** Periods in which a transport could receive events. */
  event_coverage: { transport: string; from_at: number; to_at: number };
  pushes: { month: string; day: string; transport: string; pushes: number };
  /** How often a reading agreed with the events before it. */
  push_checks: { day: string; agreed: number; missed: number };
};
