/** Times are milliseconds since the epoch. */
export type RetentionTables = {
  /** One row: up to which moment readings were downsampled, and when retention last ran to its end. */
  retention_runs: { downsampled_until: number; at: number };
};
