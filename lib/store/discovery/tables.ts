import type { Generated } from 'kysely';

/** Discovery runs. Times are milliseconds since the epoch. */
export type DiscoveryTables = {
  discovery_runs: {
    id: string;
    depth: string;
    started_by: string | null;
    started_at: number;
    finished_at: number | null;
    state: string;
    paused_by: string | null;
    /** 1 when the groups were read in this run. */
    groups_read: Generated<number>;
    pages: Generated<number>;
    next_token: string | null;
    /** 1 when the last page of the room list was read. */
    list_read: Generated<number>;
    rooms_found: Generated<number>;
    rooms_done: Generated<number>;
    rooms_failed: Generated<number>;
    devices_found: Generated<number>;
    devices_done: Generated<number>;
    devices_failed: Generated<number>;
    moved_at: number;
    /** 1 until the run is done, then null. The column is unique, so that only one run can be open. */
    open: number | null;
  };
  discovery_tasks: {
    run_id: string;
    kind: string;
    subject: string;
    /** Order in which the subjects were found. */
    position: number;
    /** `open`, `done` or `failed`. */
    state: string;
    attempts: number;
    not_before: number;
    /** Why the task failed. */
    reason: string | null;
  };
};
