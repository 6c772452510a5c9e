import type { DiscoveryDepth, DiscoveryRun, DiscoveryTask } from '#lib/domain/discovery/discovery.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import type { Room, RoomGroup } from '#lib/domain/rooms/room.ts';

/** How a run begins. Times are milliseconds since the epoch. */
export type DiscoveryStart = { id: string; depth: DiscoveryDepth; startedBy: string | null; at: number };

/**
 * Discovery, step by step: each verb writes what was learnt and how far the run is in one transaction, so that a
 * process that dies at any moment leaves a run that goes on where it was. Promises settle when durable.
 */
export type DiscoveryStore = {
  /** Starts a run, or answers the one that is not done yet: there is one at a time. */
  startDiscovery(start: DiscoveryStart): Promise<{ run: DiscoveryRun; started: boolean }>;
  /** The newest run, done or not; null when there never was one. */
  latestDiscovery(): Promise<DiscoveryRun | null>;
  /** Full runs that were open at any time since a moment; `to` is null for one that is still open. */
  fullDiscoveries(since: number): Promise<{ from: number; to: number | null }[]>;
  /** The groups as they are now; those that are missing are gone. With null only the step is done, the groups stay. */
  recordRoomGroups(runId: string, groups: RoomGroup[] | null, at: number): Promise<void>;
  /**
   * A page of the room list, the first one with `pages` 0 in the run. Rooms are kept and get a task, in a `full` run
   * all of them, else those whose devices were not read since `detailBefore`. `nextToken` is null on the last page;
   * then rooms that no page of this run named are gone, if all pages were `complete`. A page that was recorded before (its `page` is not the run's
   * next one) changes nothing.
   */
  recordRoomPage(
    runId: string,
    page: {
      page: number;
      rooms: Room[];
      nextToken: string | null;
      complete: boolean;
      at: number;
      detailBefore: number;
    },
  ): Promise<void>;
  /** A room with its devices: finishes its task; its devices get tasks, in a `full` run all, else those never read. */
  recordRoomDetail(runId: string, room: Room, at: number): Promise<void>;
  /** Open tasks of a kind that are due at `now`, in the order they were found, fewest attempts first. */
  openTasks(runId: string, kind: DiscoveryTask['kind'], now: number, limit: number): Promise<DiscoveryTask[]>;
  /** A device's task is done (`reason` null) or failed for good. For a room, only failed: it is done by its detail. */
  finishTask(
    runId: string,
    task: Pick<DiscoveryTask, 'kind' | 'subject'>,
    at: number,
    reason: ErrorReason | null,
  ): Promise<void>;
  /** A task that failed for now: one attempt more, not due before `notBefore`. */
  postponeTask(
    runId: string,
    task: Pick<DiscoveryTask, 'kind' | 'subject'>,
    notBefore: number,
  ): Promise<void>;
  /** A room that DingTalk no longer knows: gone, its task done. */
  markRoomRemoved(runId: string, roomId: string, at: number): Promise<void>;
  pauseDiscovery(runId: string, reason: ErrorReason, at: number): Promise<void>;
  resumeDiscovery(runId: string, at: number): Promise<void>;
  finishDiscovery(runId: string, at: number): Promise<void>;
};
