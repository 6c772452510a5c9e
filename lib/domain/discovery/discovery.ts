import type { ErrorReason } from '#lib/domain/errors.ts';

/**
 * `running`: at work, or waiting for whoever takes it up. `paused`: the budget or DingTalk stopped it; it goes on by
 * itself when it can. `done`: everything was asked.
 */
export type DiscoveryState = 'running' | 'paused' | 'done';

/** How much a run asks: `full` every room and device, `changes` only what is new or was not read for long. */
export type DiscoveryDepth = 'full' | 'changes';

export type TaskCount = { found: number; done: number; failed: number };

/** One walk from the room groups over the rooms to the devices. Times are milliseconds since the epoch. */
export type DiscoveryRun = {
  id: string;
  depth: DiscoveryDepth;
  /** The subject of the person who pressed, or null when the desk began by itself. */
  startedBy: string | null;
  startedAt: number;
  finishedAt: number | null;
  state: DiscoveryState;
  /** Why it is paused. */
  pausedBy: ErrorReason | null;
  groupsRead: boolean;
  /** Pages of the room list that were read. */
  pages: number;
  /** Where the list goes on; null before the first page and after the last. */
  nextToken: string | null;
  listRead: boolean;
  rooms: TaskCount;
  devices: TaskCount;
  /** When something was last written to it. */
  movedAt: number;
};

/** Something a run still has to ask: a room by its id or a device by its union id. */
export type DiscoveryTask = { kind: 'room' | 'device'; subject: string; attempts: number };
