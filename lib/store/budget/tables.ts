/** The ledger of metered calls and what limits them. Times are milliseconds since the epoch. */
export type BudgetTables = {
  api_calls: {
    id: string;
    at: number;
    /** Month and day in which the call was counted, so that a refund is subtracted in the same place. */
    month: string;
    day: string;
    purpose: string;
    api: string;
    /** Null, like the columns below, until the call has ended, and forever when the process died before. */
    ms: number | null;
    /** 1 when DingTalk counts the call, otherwise 0. */
    counted: number | null;
    status: number | null;
    code: string | null;
    request_id: string | null;
    /** Why the call failed. Null when it succeeded. */
    reason: string | null;
    /** The subject of the person or token that caused the call. Null for jobs. */
    asked_by: string | null;
    /** 1 for a call about an ID that Rooms Desk did not know. */
    unknown_id: number | null;
  };
  /** Calls in a month. The lock of this row enforces the limit. */
  call_months: { month: string; total: number };
  /** The same sum by day and purpose. */
  call_totals: { month: string; day: string; purpose: string; calls: number };
  /** When the next call of an API may start, by the database's clock, with fractions. */
  call_slots: { api: string; next_at: number };
  /** At most one row, with the ID 1: why the jobs that query DingTalk are paused. */
  job_pause: {
    id: number;
    reason: string;
    since: number;
    probe_at: number;
  };
  /** IDs that DingTalk does not know, for the operator who asked. */
  absent_devices: { named_by: string; named: string; operator_union_id: string; at: number };
};
