/** Leases and the change feed. Times are milliseconds since the epoch. */
export type JobTables = {
  /** Times are of the database's own clock. */
  leases: { name: string; holder: string; until_at: number };
  feed: { seq: number; at: number; kind: string; key: string | null };
  /** One row. Its lock, held until the commit, orders the entries by commit without gaps. */
  feed_head: { seq: number };
};
