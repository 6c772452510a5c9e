/** Alert rules and what follows from them. A `body` is JSON. Times are milliseconds since the epoch. */
export type AlertTables = {
  alert_rules: { id: string; body: string; created_at: number };
  /** `sealed` holds the encrypted secrets for sending. */
  notification_channels: { id: string; body: string; sealed: string; created_at: number };
  /** Silences and maintenance windows. `ends_at` is null for a window that repeats every week. */
  silences: { id: string; body: string; created_at: number; ends_at: number | null };
  /** One row with the ID 1. Each evaluation of the rules raises the version by one, so that two cannot both succeed. */
  alert_evaluation: { id: number; version: number };
  alerts: { key: string; body: string };
  incidents: { id: string; body: string };
  /** Notifications to send, and the outcome. */
  deliveries: {
    id: string;
    channel_id: string;
    channel: string;
    incident_id: string;
    /** JSON. */
    notification: string;
    state: string;
    attempts: number;
    created_at: number;
    next_at: number | null;
    last_at: number | null;
    answer: string | null;
    /** Why the newest attempt failed. */
    failure: string | null;
    /** ID of the message that combined several notifications. */
    digest: string | null;
  };
};
