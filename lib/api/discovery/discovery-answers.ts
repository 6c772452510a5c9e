import { z } from 'zod';
import { errorReason } from '#lib/api/problem.ts';
import { count, time } from '#lib/api/values.ts';

const tasks = z.strictObject({ found: count, done: count, failed: count });

/** One discovery run. */
export const discoveryRun = z
  .strictObject({
    id: z.string(),
    depth: z.enum(['full', 'changes']),
    startedAt: time,
    finishedAt: time.nullable(),
    state: z.enum(['running', 'paused', 'done']),
    pausedBy: errorReason.nullable(),
    groupsRead: z.boolean(),
    pages: count.describe('Pages of the room list that were read.'),
    listRead: z.boolean(),
    rooms: tasks,
    devices: tasks,
    movedAt: time.describe('Time of the last progress.'),
  })
  .meta({ id: 'DiscoveryRun' });

export type DiscoveryShown = z.infer<typeof discoveryRun>;

/** The run that is under way. */
export const startedDiscovery = z
  .strictObject({
    run: discoveryRun,
    started: z.boolean().describe('False if a run was under way already.'),
  })
  .meta({ id: 'StartedDiscovery' });
